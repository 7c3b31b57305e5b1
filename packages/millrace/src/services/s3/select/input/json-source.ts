import type { Evaluator } from "../evaluate/compile.ts";
import { selectLimits } from "../select-limits.ts";
import type { Path, PathStep } from "../sql/expression.ts";
import { isObject } from "../value/value-text.ts";
import { positionOf, stepsInRecord } from "./column-path.ts";
import type { OpenBytes } from "./csv-source.ts";
import { jsonEvaluator, rowsBehind } from "./json-path.ts";
import { JsonDocumentCutter, JsonLineCutter, type JsonRow } from "./json-record.ts";
import { leadIn, recordBatches } from "./record-lines.ts";
import type { RecordSource, StarRecord } from "./record-source.ts";
import type { ScanRange } from "./scan-range.ts";

export interface JsonOptions {
  readonly type: "DOCUMENT" | "LINES";
  readonly from: readonly PathStep[];
  readonly alias: string | undefined;
  readonly range: ScanRange | undefined;
}

export function openJson(open: OpenBytes, { type, from, alias, range }: JsonOptions): RecordSource<JsonRow> {
  const cutter = type === "LINES" ? new JsonLineCutter() : new JsonDocumentCutter();
  const records = recordBatches(open(leadIn(range, "\n")), cutter, {
    delimiter: "\n",
    range,
    maxRecordBytes: type === "LINES" ? selectLimits.recordBytes : selectLimits.jsonRecordBytes,
  });
  return new JsonSource(records, from, alias);
}

class JsonSource implements RecordSource<JsonRow> {
  readonly #records: AsyncGenerator<readonly JsonRow[]>;
  readonly #from: readonly PathStep[];
  readonly #alias: string | undefined;

  constructor(
    records: AsyncGenerator<readonly JsonRow[]>,
    from: readonly PathStep[],
    alias: string | undefined,
  ) {
    this.#records = records;
    this.#from = from;
    this.#alias = alias;
  }

  async *batches(): AsyncGenerator<readonly JsonRow[]> {
    if (this.#from.length === 0) {
      yield* this.#records;
      return;
    }
    for await (const records of this.#records) {
      let rows: JsonRow[] = [];
      for (const { value } of records) {
        for (const row of rowsBehind(value, this.#from)) {
          if (rows.push(row) < selectLimits.recordsPerTurn) continue;
          yield rows;
          rows = [];
        }
      }
      yield rows;
    }
  }

  async close(): Promise<void> {
    await this.#records.return(undefined);
  }

  /** A record without an alias is called `_1`, unless it has a member of that name. */
  path(path: Path): Evaluator<JsonRow> {
    const steps = stepsInRecord(path, this.#alias);
    const evaluator = jsonEvaluator(steps);
    const [first, ...more] = steps;
    if (this.#alias !== undefined || first?.kind !== "name" || positionOf(first.name) !== 0) return evaluator;
    const inRecord = jsonEvaluator(more);
    return (row) =>
      isObject(row.value) && Object.hasOwn(row.value, first.name) ? evaluator(row) : inRecord(row);
  }

  star({ value }: JsonRow): StarRecord {
    if (isObject(value)) return { names: Object.keys(value), values: Object.values(value) };
    return value === undefined ? { names: [], values: [] } : { names: ["_1"], values: [value] };
  }
}
