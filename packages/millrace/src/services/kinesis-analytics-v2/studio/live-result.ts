import type { InteractiveQuery } from "../../../kernels/streaming/engine-port.ts";
import { noteLimits, type ResultTable } from "./note.ts";

/** `update`: the table as it is; `append`: all that came; `single`: the last row. */
export type ResultMode = "update" | "append" | "single";

type Change = Awaited<
  ReturnType<ReturnType<InteractiveQuery["rows"][typeof Symbol.asyncIterator]>["next"]>
>["value"];

/** The rows of a running query, made of its changes; of more than the limit the oldest go. */
export class LiveResult {
  readonly #columns: ResultTable["columns"];
  readonly #mode: ResultMode;
  /** By the row's text; equal rows are counted. */
  readonly #rows = new Map<string, { readonly cells: readonly string[]; count: number }>();
  #list: (readonly string[])[] = [];
  #changes = 0;

  constructor(columns: ResultTable["columns"], mode: ResultMode) {
    this.#columns = columns;
    this.#mode = mode;
  }

  add(changes: Exclude<Change, undefined>): void {
    for (const { kind, values } of changes as Exclude<Change, undefined>) {
      this.#changes++;
      const cells = values.map(cellOf);
      const isGone = kind === "-U" || kind === "-D";
      if (this.#mode === "update") this.#apply(cells, isGone);
      else if (!isGone) this.#append(cells);
    }
  }

  table(limit: number = noteLimits.rows): ResultTable {
    const all =
      this.#mode === "update"
        ? [...this.#rows.values()].flatMap(({ cells, count }) => Array.from({ length: count }, () => cells))
        : this.#list;
    return { columns: this.#columns, rows: all.slice(-limit), changes: this.#changes };
  }

  #append(cells: readonly string[]): void {
    if (this.#mode === "single") this.#list = [cells];
    else this.#list.push(cells);
    if (this.#list.length > 2 * noteLimits.rows) this.#list = this.#list.slice(-noteLimits.rows);
  }

  #apply(cells: readonly string[], isGone: boolean): void {
    const key = JSON.stringify(cells);
    const known = this.#rows.get(key);
    if (isGone) {
      if (known === undefined) return;
      known.count--;
      if (known.count === 0) this.#rows.delete(key);
      return;
    }
    if (known !== undefined) known.count++;
    else this.#rows.set(key, { cells, count: 1 });
    if (this.#rows.size <= noteLimits.rows) return;
    const [oldest] = this.#rows.keys();
    if (oldest !== undefined) this.#rows.delete(oldest);
  }
}

function cellOf(value: unknown): string {
  const text = value === null || value === undefined ? "NULL" : textOf(value);
  return text.length > noteLimits.cellChars ? `${text.slice(0, noteLimits.cellChars)}…` : text;
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object") return String(value);
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? part.toString() : part));
}
