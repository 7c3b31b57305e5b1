import Papa from "papaparse";
import { maxColumns, type TableData } from "./table-data.ts";

export interface Delimited extends TableData {
  readonly delimiter: string;
  /** Whether the first line names the columns. */
  readonly hasHead: boolean;
}

/** A table of text whose fields are separated; the separator is found when it is not given. */
export function delimitedTable(
  text: string,
  isWhole: boolean,
  delimiter: "\t" | undefined,
  maxRows: number,
): Delimited {
  const { data, meta } = Papa.parse<string[]>(text, {
    skipEmptyLines: "greedy",
    preview: maxRows + 1,
    ...(delimiter !== undefined && { delimiter }),
  });
  // The last line of what was cut may be half of one.
  const isCut = !isWhole && data.length <= maxRows;
  const lines = isCut ? data.slice(0, -1) : data;
  const hasHead = isHead(lines[0], lines[1]);
  const width = Math.min(maxColumns, Math.max(0, ...lines.slice(0, 1_000).map((line) => line.length)));
  const columns = Array.from({ length: width }, (_, i) =>
    hasHead ? (lines[0]?.[i] ?? `column ${i + 1}`) : `column ${i + 1}`,
  );
  const rows = (hasHead ? lines.slice(1) : lines).slice(0, maxRows);
  return { columns: unique(columns), rows, delimiter: meta.delimiter, hasHead };
}

/** Names are no numbers, are all there, and differ. */
function isHead(first: readonly string[] | undefined, second: readonly string[] | undefined): boolean {
  if (first === undefined || first.length === 0) return false;
  const isNamed = first.every((name, i) => (name !== "" || i === 0) && Number.isNaN(Number(name || "x")));
  return isNamed && (second === undefined || new Set(first).size === first.length);
}

function unique(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
