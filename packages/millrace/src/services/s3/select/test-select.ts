import type { InputSerialization, OutputSerialization } from "@aws-sdk/client-s3";
import { openCsv } from "./input/csv-source.ts";
import { openJson } from "./input/json-source.ts";
import type { RecordSource } from "./input/record-source.ts";
import { scanRange } from "./input/scan-range.ts";
import { prepare } from "./query.ts";
import { selectError } from "./select-error.ts";
import { inputFormat, outputWriter } from "./serialization.ts";
import { parseSelect } from "./sql/select-parser.ts";

export interface TestQuery {
  readonly input?: InputSerialization;
  readonly output?: OutputSerialization;
  readonly range?: { readonly Start?: number; readonly End?: number };
  /** How the bytes come; whole unless given. */
  readonly chunkBytes?: number;
  readonly nowMs?: number;
}

export const json: TestQuery = { input: { JSON: { Type: "LINES" } }, output: { JSON: {} } };
export const csv: TestQuery = { input: { CSV: { FileHeaderInfo: "USE" } }, output: { CSV: {} } };

/** What a statement answers over CSV or JSON. */
export async function run(
  expression: string,
  body: string | Uint8Array,
  query: TestQuery = json,
): Promise<string> {
  const statement = parseSelect(expression);
  const format = inputFormat(query.input ?? { JSON: { Type: "LINES" } });
  const bytes = Buffer.from(body);
  const open = (from: number): AsyncGenerator<Uint8Array> =>
    chunksOf(bytes.subarray(from), query.chunkBytes ?? Math.max(1, bytes.length));
  const range = scanRange(query.range, bytes.length);
  const { alias, from } = statement;
  const writer = outputWriter(query.output ?? { JSON: {} });
  if (format.kind === "parquet") throw selectError("InvalidDataSource");
  const source: RecordSource<unknown> =
    format.kind === "json"
      ? (openJson(open, { type: format.type, from, alias, range }) as RecordSource<unknown>)
      : ((await openCsv(open, { ...format, alias, range })) as RecordSource<unknown>);
  const answer = prepare(statement, source, writer, query.nowMs ?? 0);
  let text = "";
  for await (const rows of source.batches()) {
    for (let from = 0; from < rows.length && !answer.isDone; ) {
      const taken = answer.take(rows, from);
      text += taken.text;
      from = taken.next;
    }
  }
  return text + answer.end();
}

async function* chunksOf(bytes: Buffer, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

/** The value of an expression, as JSON; MISSING is "". */
export async function evaluate(
  expression: string,
  record: string = "{}",
  nowMs: number = 0,
): Promise<string> {
  const answer = await run(`SELECT ${expression} AS v FROM S3Object s`, record, { ...json, nowMs });
  return answer.trim().slice('{"v":'.length, -1);
}
