/**
 * What both pages' scripts begin with. The session comes with the page's address and goes back in a header, which
 * no other site can send. Everything that is shown is set as text.
 */
export const sharedScript: string = `
"use strict";
const session = new URLSearchParams(location.search).get("session") ?? "";
const base = location.pathname.replace(/[/]$/, "");
async function call(method, path, body) {
  const answer = await fetch(base + "/api/" + path, {
    method,
    headers: { "x-millrace-session": session, "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.message ?? "HTTP " + answer.status);
  return value;
}
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}
const byId = (id) => document.getElementById(id);
const count = (value) => value === undefined || value === null ? "–" : value.toLocaleString("en");
function bytes(value) {
  if (value === undefined || value === null) return "–";
  const units = ["B", "KiB", "MiB", "GiB"];
  let at = 0;
  while (value >= 1024 && at < units.length - 1) { value /= 1024; at++; }
  return (at === 0 ? value : value.toFixed(1)) + " " + units[at];
}
function duration(ms) {
  if (ms === undefined || ms === null) return "–";
  if (ms < 1000) return Math.round(ms) + " ms";
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 86400) + " d", Math.floor(seconds / 3600) % 24 + " h", Math.floor(seconds / 60) % 60 + " min", seconds % 60 + " s"];
  return parts.filter((part) => !part.startsWith("0 ")).slice(0, 2).join(" ") || "0 s";
}
const moment = (ms) => ms === undefined || ms === null ? "–" : new Date(ms).toISOString().replace("T", " ").replace("Z", "");
function badge(status) {
  const kind = ["RUNNING", "FINISHED", "SUCCESSFUL"].includes(status) ? "good"
    : ["ERROR", "FAILED", "ABORTED"].includes(status) ? "bad" : ["READY"].includes(status) ? "quiet" : "warn";
  return element("span", { class: "badge " + kind }, status);
}
`;
