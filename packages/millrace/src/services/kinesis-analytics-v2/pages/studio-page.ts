import type { HttpResponse } from "../../../gateway/http.ts";
import { escaped, pageDocument } from "./page-document.ts";
import { sharedScript } from "./shared-script.ts";

const script = `${sharedScript}
let note;
let saving = Promise.resolve();
const fail = (error) => { byId("failure").textContent = error === undefined ? "" : error.message; };
const attempt = async (work) => { try { fail(); await work(); } catch (error) { fail(error); } };
async function list() {
  const { notes, application } = await call("GET", "notes");
  byId("status").replaceChildren(badge(application.status));
  byId("notes").replaceChildren(...notes.map((item) => element("li", {},
    element("button", { "aria-current": note?.id === item.id, onclick: () => attempt(() => open(item.id)) }, item.name))));
  if (note === undefined && notes.length > 0) await open(notes[0].id);
}
async function open(id) {
  note = await call("GET", "notes/" + id);
  history.replaceState(null, "", location.pathname + location.search + "#" + id);
  draw();
  for (const item of byId("notes").querySelectorAll("button"))
    item.setAttribute("aria-current", String(item.textContent === note.name));
}
function save() {
  const { id, name } = note;
  const paragraphs = note.paragraphs.map(({ id: paragraph, text }) => ({ id: paragraph, text }));
  saving = saving.catch(() => {}).then(() => call("PUT", "notes/" + id, { name, paragraphs }));
  return saving;
}
function resultTable(result) {
  const numbers = result.columns.map(({ type }) => /^(TINYINT|SMALLINT|INT|BIGINT|DECIMAL|FLOAT|DOUBLE)/.test(type) ? " number" : "");
  const head = element("tr", {}, ...result.columns.map(({ name, type }, at) => element("th", { title: type, class: numbers[at] }, name)));
  const cellOf = (cell, at) => element("td", { class: "code" + numbers[at] }, cell.includes("\\n") ? element("pre", {}, cell) : cell);
  const rows = result.rows.slice().reverse().map((row) => element("tr", {}, ...row.map(cellOf)));
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
}
function show(view, paragraph) {
  const runs = paragraph.status === "RUNNING";
  view.status.replaceChildren(badge(paragraph.status));
  view.run.hidden = runs;
  view.stop.hidden = !runs;
  view.message.textContent = paragraph.message ?? "";
  view.message.className = paragraph.status === "ERROR" ? "bad" : "quiet";
  const { result } = paragraph;
  view.info.textContent = result === undefined ? "" : count(result.rows.length) + " rows · " + count(result.changes) + " changes";
  view.result.replaceChildren(...(result === undefined ? [] : [resultTable(result)]));
}
function paragraphCard(paragraph) {
  const text = element("textarea", { spellcheck: "false", rows: Math.min(24, Math.max(4, paragraph.text.split("\\n").length + 1)), "aria-label": "SQL" });
  text.value = paragraph.text;
  text.addEventListener("input", () => { current().text = text.value; });
  text.addEventListener("change", () => attempt(save));
  text.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.shiftKey) { event.preventDefault(); run(); } });
  const current = () => note.paragraphs.find(({ id }) => id === paragraph.id) ?? paragraph;
  const run = () => attempt(async () => {
    await save();
    await call("POST", "notes/" + note.id + "/paragraphs/" + paragraph.id + "/run", { text: text.value });
    await poll();
  });
  const view = {
    status: element("span"), info: element("span", { class: "quiet" }),
    run: element("button", { class: "main", onclick: run, title: "Shift+Enter" }, "Run"),
    stop: element("button", { onclick: () => attempt(async () => { await call("POST", "notes/" + note.id + "/paragraphs/" + paragraph.id + "/stop"); await poll(); }) }, "Stop"),
    message: element("pre"), result: element("div", { class: "scroll result" }),
  };
  const remove = element("button", { onclick: () => attempt(async () => { note.paragraphs = note.paragraphs.filter(({ id }) => id !== paragraph.id); await save(); draw(); }) }, "Delete");
  views.set(paragraph.id, view);
  show(view, paragraph);
  return element("section", { class: "card" }, text, element("div", { class: "bar" }, view.run, view.stop, view.status, view.info, element("span", { class: "space" }), remove), view.message, view.result);
}
const views = new Map();
function draw() {
  views.clear();
  const name = element("input", { value: note.name, "aria-label": "Name of the note", size: 40 });
  name.addEventListener("change", () => attempt(async () => { note.name = name.value; await save(); await list(); }));
  byId("note").replaceChildren(
    element("div", { class: "bar" }, name, element("span", { class: "space" }),
      element("button", { onclick: () => attempt(removeNote) }, "Delete note")),
    ...note.paragraphs.map(paragraphCard),
    element("button", { onclick: () => attempt(addParagraph) }, "Add paragraph"));
}
async function addParagraph() {
  note.paragraphs.push({ id: crypto.randomUUID?.() ?? String(Math.random()).slice(2), text: "%flink.ssql\\n", status: "READY" });
  await save();
  draw();
}
async function removeNote() {
  await call("DELETE", "notes/" + note.id);
  note = undefined;
  byId("note").replaceChildren();
  await list();
}
async function poll() {
  if (note === undefined) return;
  const fresh = await call("GET", "notes/" + note.id);
  if (fresh.id !== note?.id) return;
  for (const paragraph of fresh.paragraphs) {
    const known = note.paragraphs.find(({ id }) => id === paragraph.id);
    const view = views.get(paragraph.id);
    if (known === undefined || view === undefined) continue;
    const { text } = known;
    Object.assign(known, { result: undefined, message: undefined }, paragraph, { text });
    show(view, known);
  }
}
async function loop() {
  const runs = note?.paragraphs.some(({ status }) => status === "RUNNING");
  if (runs && !document.hidden) await attempt(poll);
  setTimeout(loop, runs ? 700 : 2000);
}
byId("new").addEventListener("click", () => attempt(async () => {
  const made = await call("POST", "notes", { name: "Note " + moment(Date.now()).slice(0, 19) });
  await open(made.id);
  await list();
}));
byId("reset").addEventListener("click", () => attempt(async () => { await call("POST", "session/reset"); await poll(); }));
attempt(async () => { if (location.hash.length > 1) await open(location.hash.slice(1)).catch(() => {}); await list(); });
loop();
`;

/** Notes with paragraphs of SQL, and what they answer. */
export function studioPage(name: string): HttpResponse {
  const body = `<header><h1>${escaped(name)}</h1><span id="status"></span><span class="quiet">Studio</span>
<span id="failure" class="bad" role="alert"></span></header>
<main class="columns">
<nav><h2>Notes</h2><ul id="notes" class="notes"></ul>
<div class="bar"><button id="new" class="main">New note</button></div>
<div class="bar"><button id="reset" title="Forgets all tables and views of the session">Restart interpreter</button></div></nav>
<div id="note"><p class="quiet">A note holds paragraphs of Flink SQL: make a new one, define tables, and run queries with Shift+Enter.</p></div>
</main>`;
  return pageDocument(`${name} – Millrace Studio`, body, script);
}
