import type { DeliveryRecord } from "../../../kernels/delivery/index.ts";
import type { SearchDocuments } from "./search-document.ts";

/** Small clusters on AWS take no request over 10 MiB. */
const maxBulkBytes = 8 * 1024 * 1024;
const maxBulkDocuments = 10_000;

/** Documents of one request. */
export interface Bulk {
  readonly records: readonly DeliveryRecord[];
  /** Newline-delimited JSON: a line with the action and one with the document, for each of the records. */
  readonly parts: readonly Buffer[];
  readonly sizeBytes: number;
}

/** Cuts documents into requests; the records are valid documents. */
export function* bulksOf(records: readonly DeliveryRecord[], documents: SearchDocuments): Iterable<Bulk> {
  let bulk = { records: [] as DeliveryRecord[], parts: [] as Buffer[], sizeBytes: 0 };
  for (const record of records) {
    const action = Buffer.from(documents.actionOf(record));
    const line = oneLine(record.data);
    const sizeBytes = action.byteLength + line.byteLength + lineFeed.byteLength;
    const isFull = bulk.sizeBytes + sizeBytes > maxBulkBytes || bulk.records.length === maxBulkDocuments;
    if (isFull && bulk.records.length > 0) {
      yield bulk;
      bulk = { records: [], parts: [], sizeBytes: 0 };
    }
    bulk.records.push(record);
    bulk.parts.push(action, line, lineFeed);
    bulk.sizeBytes += sizeBytes;
  }
  if (bulk.records.length > 0) yield bulk;
}

const lineFeed = Buffer.from("\n");
const carriageReturn = 0x0d;
const newLine = 0x0a;
const space = 0x20;

/** In JSON a line's end is white space wherever it stands: inside strings there is none. */
function oneLine(data: Buffer): Buffer {
  if (!data.includes(newLine) && !data.includes(carriageReturn)) return data;
  const line = Buffer.from(data);
  for (let i = 0; i < line.length; i++)
    if (line[i] === newLine || line[i] === carriageReturn) line[i] = space;
  return line;
}

/** Why a record is no document; undefined when it is one. */
export function documentProblem(data: Buffer): string | undefined {
  try {
    const value: unknown = JSON.parse(decoder.decode(data));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return undefined;
    return "The record is JSON, but not one JSON object.";
  } catch {
    return "The record is not one JSON object in UTF-8.";
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What the answer says of one document. */
export interface BulkItem {
  readonly status: number;
  readonly error: string;
}

/** The items of an answer, in the order of the request; undefined when it is no answer to it. */
export function bulkItems(body: Buffer, count: number): readonly BulkItem[] | undefined {
  try {
    const { items } = JSON.parse(body.toString()) as { items?: unknown };
    if (!Array.isArray(items) || items.length !== count) return undefined;
    return items.map((item: { index?: { status?: unknown; error?: unknown } } | null) => {
      const { status, error } = item?.index ?? {};
      if (typeof status !== "number") throw new TypeError("an item has no status");
      return { status, error: error === undefined ? "" : errorText(error) };
    });
  } catch {
    return undefined;
  }
}

const maxErrorTextLength = 8192;

/** @param error an object, or a text in old versions. */
function errorText(error: unknown): string {
  return (typeof error === "string" ? error : JSON.stringify(error)).slice(0, maxErrorTextLength);
}
