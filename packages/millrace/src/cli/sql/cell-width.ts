import { stripVTControlCharacters } from "node:util";

const graphemes: Readonly<Intl.Segmenter> = new Intl.Segmenter();
/** East Asian scripts and emoji take two cells. */
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|^\p{Emoji_Presentation}/u;

/** How many cells of a terminal a text takes. */
export function cellWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let cells = 0;
  for (const { segment } of graphemes.segment(stripVTControlCharacters(text)))
    cells += wide.test(segment) ? 2 : 1;
  return cells;
}

/** As much of a text as fits, with an ellipsis where something is missing. */
export function fitted(text: string, cells: number): string {
  if (cellWidth(text) <= cells) return text;
  let shown = "";
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += wide.test(segment) ? 2 : 1;
    if (used > cells - 1) break;
    shown += segment;
  }
  return `${shown}…`;
}
