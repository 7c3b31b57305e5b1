import { SqlError } from "../../../../sql/sql-error.ts";
import type { LineSplitter } from "./line-reader.ts";
import type { TextField } from "./row-sink.ts";

/** Widths of all columns together. */
const maxWidth = 4 * 1024 * 1024;

/** `label:width, label:width, ...` @throws SqlError */
export function fixedWidths(specification: string): readonly number[] {
  let total = 0;
  return specification.split(",").map((part) => {
    const match = /^\s*[^:]+:\s*(\d{1,7})\s*$/.exec(part);
    const width = Number(match?.[1] ?? 0);
    total += width;
    if (width === 0 || total > maxWidth)
      throw new SqlError("22023", `Invalid fixedwidth specification: ${specification}`);
    return width;
  });
}

/** Widths count characters. What stands behind the last column comes as one field more. */
export function fixedWidthSplitter(widths: readonly number[], nullText: string): LineSplitter {
  return (line) => {
    const fields: TextField[] = [];
    let start = 0;
    for (const width of widths) {
      if (start >= line.length && fields.length > 0) return fields;
      const end = widthEnd(line, start, width);
      const text = line.slice(start, end);
      fields.push({ text, isNull: text === nullText || text.trimEnd() === nullText, start });
      start = end;
    }
    if (start < line.length) fields.push({ text: line.slice(start), isNull: false, start });
    return fields;
  };
}

/** Characters beyond U+FFFF are two units. */
function widthEnd(line: string, start: number, width: number): number {
  const end = Math.min(line.length, start + width);
  if (!/[\ud800-\udbff]/.test(line.slice(start, end))) return end;
  let at = start;
  for (let count = 0; count < width && at < line.length; count++)
    at += (line.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}
