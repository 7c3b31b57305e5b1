import { once } from "node:events";
import type { CommandIo } from "../command-io.ts";
import type { Column, Row, RowSink } from "./query.ts";
import { csvLine, jsonObject } from "./row-texts.ts";
import { expandedRow, type TableLayout, tableLayout } from "./table-layout.ts";

export type ResultForm = "table" | "expanded" | "csv" | "json";

/** Prints the rows of one statement; `end` prints what is left. */
export interface ResultSink extends RowSink {
  end(): void;
}

/** Rows whose widths decide a table's columns; more are printed with these widths, without being kept. */
const measuredRows = 1_000;

/** A sink for one statement. */
export function resultSink(io: CommandIo, form: ResultForm): ResultSink {
  return form === "csv" || form === "json" ? new LineSink(io, form) : new TableSink(io, form);
}

class Output {
  readonly #io: CommandIo;
  #isFull = false;

  constructor(io: CommandIo) {
    this.#io = io;
  }

  /** Answers whether there is room for more. */
  write(text: string): boolean {
    this.#isFull = !this.#io.stdout.write(text);
    return !this.#isFull;
  }

  async drained(): Promise<void> {
    if (this.#isFull) await once(this.#io.stdout, "drain");
  }
}

/** A line a row: CSV with a line of names, or objects of JSON. */
class LineSink implements ResultSink {
  readonly #output: Output;
  readonly #form: "csv" | "json";
  #columns: readonly Column[] = [];

  constructor(io: CommandIo, form: "csv" | "json") {
    this.#output = new Output(io);
    this.#form = form;
  }

  columns(columns: readonly Column[]): void {
    this.#columns = columns;
    if (this.#form === "csv") this.#output.write(csvLine(columns.map(({ name }) => name)));
  }

  row(row: Row): boolean {
    return this.#output.write(this.#form === "csv" ? csvLine(row) : `${jsonObject(this.#columns, row)}\n`);
  }

  drained(): Promise<void> {
    return this.#output.drained();
  }

  end(): void {}
}

/** A table as wide as the terminal, or a block a row where that has no room for the columns. */
class TableSink implements ResultSink {
  readonly #io: CommandIo;
  readonly #output: Output;
  readonly #isExpanded: boolean;
  #columns: readonly Column[] = [];
  #waiting: Row[] = [];
  #layout: TableLayout | undefined;
  #printed = 0;

  constructor(io: CommandIo, form: "table" | "expanded") {
    this.#io = io;
    this.#output = new Output(io);
    this.#isExpanded = form === "expanded";
  }

  columns(columns: readonly Column[]): void {
    this.#columns = columns;
  }

  row(row: Row): boolean {
    this.#waiting.push(row);
    return this.#waiting.length < measuredRows || this.#flush();
  }

  drained(): Promise<void> {
    return this.#output.drained();
  }

  end(): void {
    if (this.#columns.length > 0) this.#flush();
  }

  #flush(): boolean {
    const rows = this.#waiting;
    this.#waiting = [];
    const isFirst = this.#layout === undefined;
    this.#layout ??= tableLayout(this.#io, this.#columns, rows);
    const { isTooNarrow, heading, line } = this.#layout;
    if (this.#isExpanded || isTooNarrow)
      return this.#output.write(
        rows.map((row) => expandedRow(this.#io, this.#columns, row, ++this.#printed)).join(""),
      );
    return this.#output.write(`${isFirst ? heading : ""}${rows.map(line).join("")}`);
  }
}
