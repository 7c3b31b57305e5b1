import type { Evaluator } from "../evaluate/compile.ts";
import { selectError } from "../select-error.ts";
import { selectLimits } from "../select-limits.ts";
import type { Path } from "../sql/expression.ts";
import { columnOf, positionOf, stepsToColumn } from "./column-path.ts";
import { CsvCutter, type CsvFormat, type CsvRow } from "./csv-record.ts";
import { latinOf } from "./latin-text.ts";
import { leadIn, recordBatches } from "./record-lines.ts";
import type { RecordSource, StarRecord } from "./record-source.ts";
import type { ScanRange } from "./scan-range.ts";

export interface CsvOptions {
  readonly format: CsvFormat;
  readonly header: "NONE" | "USE" | "IGNORE";
  readonly alias: string | undefined;
  readonly range: ScanRange | undefined;
}

/** Bytes from a position on. */
export type OpenBytes = (from: number) => AsyncIterable<Uint8Array>;

/** Reads the header first where there is one: its names decide what an expression means. */
export async function openCsv(open: OpenBytes, options: CsvOptions): Promise<RecordSource<CsvRow>> {
  const { format, header, range } = options;
  const delimiter = latinOf(format.recordDelimiter);
  const cutter = new CsvCutter(format);
  const read = (within: ScanRange | undefined): AsyncGenerator<readonly CsvRow[]> =>
    recordBatches(open(leadIn(within, delimiter)), cutter, {
      delimiter,
      range: within,
      maxRecordBytes: selectLimits.recordBytes,
    });
  const records = read(range);
  if (header === "NONE") return new CsvSource(undefined, options.alias, records);
  if (range === undefined || range.start === 0) {
    const first = await records.next();
    const rows = first.done === true ? [] : first.value;
    const names = header === "USE" ? (rows[0] ?? []) : undefined;
    return new CsvSource(names, options.alias, records, rows.slice(1));
  }
  if (header === "IGNORE") return new CsvSource(undefined, options.alias, records);
  const head = read({ start: 0, end: 0 });
  const first = await head.next();
  await head.return(undefined);
  return new CsvSource(first.done === true ? [] : first.value[0], options.alias, records);
}

class CsvSource implements RecordSource<CsvRow> {
  readonly #names: readonly string[] | undefined;
  readonly #alias: string | undefined;
  readonly #records: AsyncGenerator<readonly CsvRow[]>;
  /** Read already, behind the header. */
  readonly #first: readonly CsvRow[];

  constructor(
    names: readonly string[] | undefined,
    alias: string | undefined,
    records: AsyncGenerator<readonly CsvRow[]>,
    first: readonly CsvRow[] = [],
  ) {
    this.#names = names;
    this.#alias = alias;
    this.#records = records;
    this.#first = first;
  }

  async *batches(): AsyncGenerator<readonly CsvRow[]> {
    yield this.#first;
    yield* this.#records;
  }

  async close(): Promise<void> {
    await this.#records.return(undefined);
  }

  path(path: Path): Evaluator<CsvRow> {
    const [step, ...more] = stepsToColumn(path, this.#alias);
    if (step?.kind !== "name" || more.length > 0)
      throw selectError(
        "ParseInvalidPathComponent",
        "CSV has columns and nothing inside them: found",
        path.place,
      );
    const index =
      (this.#names === undefined ? undefined : columnOf(this.#names, step)) ?? positionOf(step.name);
    if (index === undefined && this.#names !== undefined)
      throw selectError("MissingHeaders", `'${step.name}'`);
    if (index === undefined || index < 0)
      throw selectError("InvalidColumnIndex", `'${step.name}'`, path.place);
    return (row) => row[index];
  }

  star(row: CsvRow): StarRecord {
    const names = this.#names ?? [];
    if (names.length === row.length) return { names, values: row };
    return { names: row.map((_, index) => names[index] ?? `_${index + 1}`), values: row };
  }
}
