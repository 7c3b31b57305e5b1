import type { HttpResponse } from "../../../gateway/http.ts";
import { escaped, pageDocument } from "./page-document.ts";
import { sharedScript } from "./shared-script.ts";

const script = `${sharedScript}
let before;
const figure = (value, name) => element("div", { class: "figure" }, element("b", {}, value), element("span", {}, name));
function figures(data) {
  const { metrics, application, nowMs } = data;
  const seconds = before && metrics ? (nowMs - before.nowMs) / 1000 : 0;
  const rate = (name) => seconds > 0 && before.metrics
    ? count(Math.max(0, Math.round((metrics[name] - before.metrics[name]) / seconds))) + "/s" : "–";
  const items = metrics === null ? [figure(application.status, "status")] : [
    figure(rate("recordsIn"), "records in"), figure(rate("recordsOut"), "records out"),
    figure(count(metrics.recordsIn), "records in, total"), figure(count(metrics.recordsOut), "records out, total"),
    figure(moment(metrics.watermarkMs), "watermark (UTC)"), figure(duration(metrics.lagMs), "behind the newest record"),
    figure(count(metrics.lateRows), "late records dropped"), figure(bytes(metrics.stateBytes), "state"),
    figure(duration(metrics.uptimeMs), "up for"), figure(count(metrics.restarts), "restarts"),
    figure(count(application.currentParallelism) + " / " + count(application.kpus), "parallelism / KPUs"),
    figure(metrics.cpuSeconds.toFixed(1) + " s", "CPU"),
  ];
  byId("figures").replaceChildren(...items);
}
function checkpoints(data) {
  const found = data.metrics?.checkpoints;
  byId("checkpoints").replaceChildren(...(found === undefined ? [figure("–", "none")] : [
    figure(count(found.completed), "completed"), figure(count(found.failed), "failed"),
    figure(moment(found.lastCompletedMs), "last (UTC)"), figure(duration(found.lastDurationMs), "took"),
    figure(duration(found.lastPauseMs), "paused the job for"), figure(bytes(found.lastBytes), "size"),
  ]));
}
function levels(nodes) {
  const level = new Map();
  for (let turn = 0; turn <= nodes.length; turn++)
    for (const node of nodes) {
      const inputs = node.inputs.filter((id) => nodes.some((other) => other.id === id)).map((id) => level.get(id) ?? 0);
      level.set(node.id, inputs.length === 0 ? 0 : Math.min(nodes.length, Math.max(...inputs) + 1));
    }
  return level;
}
function svg(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
function graph(nodes) {
  if (nodes.length === 0) { byId("graph").replaceChildren(element("p", { class: "quiet" }, "No job runs.")); return; }
  const wide = 220, high = 82, gapX = 36, gapY = 18;
  const level = levels(nodes);
  const rows = new Map();
  const place = new Map();
  for (const node of nodes) {
    const column = level.get(node.id);
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    place.set(node.id, { x: 4 + column * (wide + gapX), y: 4 + row * (high + gapY) });
  }
  const width = 8 + (Math.max(...level.values()) + 1) * (wide + gapX) - gapX;
  const height = 8 + Math.max(...rows.values()) * (high + gapY) - gapY;
  const picture = svg("svg", { viewBox: "0 0 " + width + " " + height, style: "width:" + width + "px", role: "img", "aria-label": "The job's operators" });
  for (const node of nodes) {
    const to = place.get(node.id);
    for (const id of node.inputs) {
      const from = place.get(id);
      if (from === undefined) continue;
      const x1 = from.x + wide, y1 = from.y + high / 2, x2 = to.x, y2 = to.y + high / 2, middle = (x1 + x2) / 2;
      picture.append(svg("path", { d: "M" + x1 + " " + y1 + " C" + middle + " " + y1 + " " + middle + " " + y2 + " " + x2 + " " + y2 }));
    }
  }
  for (const node of nodes) {
    const { x, y } = place.get(node.id);
    const cut = (text) => text.length > 34 ? text.slice(0, 33) + "…" : text;
    const bracket = node.name.indexOf("(");
    const name = bracket < 0 ? node.name : node.name.slice(0, bracket);
    const details = bracket < 0 ? "" : node.name.slice(bracket + 1, -1);
    picture.append(svg("g", { transform: "translate(" + x + " " + y + ")" },
      svg("title", {}, node.name),
      svg("rect", { width: wide, height: high, rx: 6 }),
      svg("text", { x: 10, y: 20, class: "strong" }, cut(name)),
      svg("text", { x: 10, y: 37, class: "small" }, cut(details)),
      svg("text", { x: 10, y: 56 }, count(node.recordsIn) + " in · " + count(node.recordsOut) + " out"),
      svg("text", { x: 10, y: 72, class: "small" }, node.stateBytes > 0 ? bytes(node.stateBytes) + " of state" : "no state")));
  }
  byId("graph").replaceChildren(picture);
}
function lines(data) {
  byId("lines").replaceChildren(...data.log.slice().reverse().map((line) => element("tr", {},
    element("td", { class: "code quiet" }, moment(line.timeMs)),
    element("td", { class: line.level === "ERROR" ? "bad" : line.level === "WARN" ? "warn" : "quiet" }, line.level),
    element("td", { class: "code wide" }, element("pre", {}, line.message)))));
}
async function refresh() {
  try {
    const data = await call("GET", "status");
    byId("status").replaceChildren(badge(data.application.status));
    byId("version").textContent = data.application.runtime + " · version " + data.application.version;
    figures(data); checkpoints(data); graph(data.graph); lines(data);
    before = data;
    setTimeout(refresh, document.hidden ? 10000 : 1500);
  } catch (error) {
    byId("status").replaceChildren(element("span", { class: "badge bad" }, error.message));
    setTimeout(refresh, 5000);
  }
}
refresh();
`;

/** What an application's job does: its figures, its checkpoints, its operators, its newest lines. */
export function dashboardPage(name: string): HttpResponse {
  const body = `<header><h1>${escaped(name)}</h1><span id="status"></span><span id="version" class="quiet"></span></header>
<main>
<section class="card"><h2>Job</h2><div id="figures" class="figures"></div></section>
<section class="card"><h2>Operators</h2><div id="graph" class="scroll"></div></section>
<section class="card"><h2>Checkpoints</h2><div id="checkpoints" class="figures"></div></section>
<section class="card"><h2>Log</h2><div class="scroll log"><table><tbody id="lines"></tbody></table></div></section>
</main>`;
  return pageDocument(`${name} – Millrace`, body, script);
}
