import type { SelectObjectContentEventStream } from "@aws-sdk/client-s3";
import type { Call } from "../../../gateway/call.ts";
import type { ObjectVersion } from "../../../kernels/objects/index.ts";
import type { S3State } from "../state.ts";
import { selectEvents } from "./events.ts";
import { ByteCounter } from "./input/byte-counter.ts";
import { openCsv } from "./input/csv-source.ts";
import { gunzip } from "./input/decompress.ts";
import { openJson } from "./input/json-source.ts";
import { openFile, spool } from "./input/parquet-file.ts";
import { openParquet } from "./input/parquet-source.ts";
import type { RecordSource } from "./input/record-source.ts";
import { scanRange } from "./input/scan-range.ts";
import type { RecordWriter } from "./output/record-writer.ts";
import { prepare } from "./query.ts";
import { selectError } from "./select-error.ts";
import type { InputFormat } from "./serialization.ts";
import type { SelectStatement } from "./sql/expression.ts";

/** One query over one object. */
export interface Selection {
  readonly version: ObjectVersion;
  readonly customerKey: Uint8Array | undefined;
  readonly statement: SelectStatement;
  readonly format: InputFormat;
  readonly writer: RecordWriter;
  readonly scanRange: { readonly Start?: number | undefined; readonly End?: number | undefined } | undefined;
  readonly progress: boolean;
}

type Events = AsyncGenerator<SelectObjectContentEventStream>;

/** Opens the object and runs the query; nothing stays open behind the last event, or when it is left. */
export async function* openSelection(state: S3State, selection: Selection, call: Call): Events {
  const counter = new ByteCounter();
  if (selection.format.kind === "parquet") yield* parquetEvents(state, selection, call, counter);
  else yield* run(await openRecords(state, selection, counter), state, selection, call, counter);
}

async function* run<Row>(
  source: RecordSource<Row>,
  state: S3State,
  { statement, writer, progress }: Selection,
  { signal }: Call,
  counter: ByteCounter,
): Events {
  const { clock } = state;
  try {
    const query = prepare(statement, source, writer, clock.now());
    yield* selectEvents(source, query, { clock, signal, counter, progress });
  } catch (thrown) {
    // Reading was interrupted because nobody listens any more.
    if (!signal.aborted) throw thrown;
  } finally {
    await source.close();
  }
}

/** CSV and JSON are read as they come, from whatever store: decrypted, but never onto a disk. */
async function openRecords(
  state: S3State,
  selection: Selection,
  counter: ByteCounter,
): Promise<RecordSource<unknown>> {
  const { format, statement, version } = selection;
  if (format.kind === "parquet") throw selectError("InvalidDataSource");
  const range = scanRange(selection.scanRange, version.size);
  const inLines = format.kind === "csv" ? !format.format.quotedRecordDelimiters : format.type === "LINES";
  if (range !== undefined && (format.gzip || !inLines)) throw selectError("UnsupportedScanRangeInput");
  const open = (from: number): AsyncIterable<Uint8Array> => {
    const stored = storedBytes(state, selection, from, counter);
    return counted(format.gzip ? gunzip(stored) : stored, counter);
  };
  const { alias, from } = statement;
  if (format.kind === "json")
    return openJson(open, { type: format.type, from, alias, range }) as RecordSource<unknown>;
  if (from.length > 0) throw selectError("DataSourcePathUnsupported");
  const source = await openCsv(open, { format: format.format, header: format.header, alias, range });
  return source as RecordSource<unknown>;
}

async function* storedBytes(
  { objects }: S3State,
  { version, customerKey }: Selection,
  from: number,
  counter: ByteCounter,
): AsyncGenerator<Uint8Array> {
  const range = { start: Math.min(from, version.size), end: version.size };
  const bytes = await objects.read(version, customerKey === undefined ? { range } : { range, customerKey });
  try {
    for await (const chunk of bytes) {
      counter.scanned += chunk.length;
      yield chunk;
    }
  } finally {
    await bytes.close();
  }
}

async function* counted(bytes: AsyncIterable<Uint8Array>, counter: ByteCounter): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    counter.processed += chunk.length;
    yield chunk;
  }
}

/** DuckDB reads Parquet from the object's own file, or from a nameless copy where there is no plain one. */
async function* parquetEvents(
  state: S3State,
  selection: Selection,
  call: Call,
  counter: ByteCounter,
): Events {
  if (selection.scanRange?.Start !== undefined || selection.scanRange?.End !== undefined)
    throw selectError("UnsupportedScanRangeInput");
  const path = state.objects.path(selection.version);
  const unseen = new ByteCounter();
  const file =
    path === undefined ? await spool(storedBytes(state, selection, 0, unseen)) : await openFile(path);
  // Columns that are not asked for are not read; how much of the file that leaves, DuckDB does not say.
  counter.scanned = selection.version.size;
  counter.processed = selection.version.size;
  try {
    const source = await openParquet(state.parquet, file, selection.statement, call.signal);
    yield* run(source, state, selection, call, counter);
  } finally {
    await file.close();
  }
}
