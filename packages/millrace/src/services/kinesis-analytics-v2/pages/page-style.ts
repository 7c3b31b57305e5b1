/** One look for both pages; it follows the browser's choice of dark or light. */
export const pageStyle: string = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f7f9, #14171c);
  --card: light-dark(#ffffff, #1c2128);
  --line: light-dark(#d9dee5, #303742);
  --text: light-dark(#1d2430, #e4e8ee);
  --quiet: light-dark(#5c6675, #98a2b3);
  --accent: light-dark(#0b63ce, #6cb0ff);
  --good: light-dark(#1a7f37, #4ac26b);
  --warn: light-dark(#9a6700, #d4a72c);
  --bad: light-dark(#cf222e, #ff7b72);
  --code: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
}
header {
  display: flex; gap: 12px; align-items: baseline; flex-wrap: wrap;
  padding: 14px 24px; border-bottom: 1px solid var(--line); background: var(--card);
}
h1 { font-size: 18px; margin: 0; font-weight: 650; }
h2 { font-size: 12px; margin: 0 0 10px; font-weight: 650; color: var(--quiet); text-transform: uppercase; letter-spacing: .04em; }
main { padding: 20px 24px; max-width: 1400px; margin: 0 auto; }
.quiet { color: var(--quiet); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 14px 16px; margin-bottom: 16px; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(170px, 1fr)); gap: 14px; }
.figure b { display: block; font-size: 17px; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.figure span { color: var(--quiet); font-size: 12px; }
.badge { padding: 1px 9px; border-radius: 99px; font-size: 12px; font-weight: 600; border: 1px solid currentColor; }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }
.scroll { overflow: auto; }
.log { max-height: 480px; }
svg { display: block; max-width: 100%; min-width: 720px; height: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { text-align: left; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
th { color: var(--quiet); font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
td.wide { width: 100%; white-space: normal; }
td.code, pre, textarea { font-family: var(--code); font-size: 12.5px; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
button {
  font: inherit; color: var(--text); background: var(--card); border: 1px solid var(--line);
  border-radius: 6px; padding: 4px 12px; cursor: pointer;
}
button:hover { border-color: var(--accent); color: var(--accent); }
button.main { background: var(--accent); border-color: var(--accent); color: light-dark(#fff, #0b1420); }
button:focus-visible, textarea:focus-visible, input:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
input, textarea { font: inherit; color: var(--text); background: var(--ground); border: 1px solid var(--line); border-radius: 6px; padding: 6px 8px; }
textarea { width: 100%; font: 13px/1.5 var(--code); resize: vertical; min-height: 76px; tab-size: 2; }
svg text { fill: var(--text); font: 12px system-ui, "DejaVu Sans", sans-serif; }
svg .strong { font-weight: 600; }
svg .small { fill: var(--quiet); font-size: 11px; }
svg rect { fill: var(--ground); stroke: var(--line); }
svg path { stroke: var(--quiet); fill: none; }
.columns { display: grid; grid-template-columns: 230px minmax(0, 1fr); gap: 20px; }
.notes { list-style: none; margin: 0 0 12px; padding: 0; }
.notes button { width: 100%; text-align: left; border-color: transparent; background: none; overflow-wrap: anywhere; }
.notes button[aria-current="true"] { background: var(--card); border-color: var(--line); font-weight: 600; }
.bar { display: flex; gap: 8px; align-items: center; flex-wrap: wrap; margin: 8px 0; }
.bar .space { flex: 1; }
.result { margin-top: 8px; max-height: 420px; }
@media (max-width: 800px) { .columns { grid-template-columns: 1fr; } main { padding: 14px; } }
`;
