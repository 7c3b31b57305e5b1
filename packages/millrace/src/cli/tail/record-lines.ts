import type { CommandIo } from "../command-io.ts";
import type { Decoded } from "./decode.ts";
import type { StreamRecord } from "./shard-readers.ts";

/** How records are printed. */
export type RecordForm = "lines" | "json" | "raw";

/** One record as it is shown. */
export interface ShownRecord {
  readonly record: StreamRecord;
  readonly decoded: Decoded;
  /** What is shown for its data: the data itself, or what a filter made of it. */
  readonly text: string;
}

const keyCells = 12;
const shardPrefix = /^shardId-0*(?=\d)/;

/** Lines of text for records. Times are local; `--json` has them in UTC. */
export class RecordLines {
  readonly #io: CommandIo;
  readonly #form: RecordForm;

  constructor(io: CommandIo, form: RecordForm) {
    this.#io = io;
    this.#form = form;
  }

  line({ record, decoded, text }: ShownRecord): string | Uint8Array {
    if (this.#form === "raw") return withLineFeed(decoded.data);
    if (this.#form === "json") return `${jsonLine(record, decoded, text)}\n`;
    const { arrivedMs, shardId, partitionKey } = record;
    const key = shortened(escapedKey(decoded.partitionKey ?? partitionKey), keyCells).padEnd(keyCells);
    const shard = shardId.replace(shardPrefix, "").padStart(2);
    return `${this.#io.style("dim", timeOf(arrivedMs))} ${this.#io.style("dim", shard)} ${this.#io.style("cyan", key)} ${text}\n`;
  }
}

/** As one object: data that is JSON is a part of it, as it came. */
function jsonLine(record: StreamRecord, { partitionKey, encodings }: Decoded, text: string): string {
  const head = JSON.stringify({
    shardId: record.shardId,
    sequenceNumber: record.sequenceNumber,
    partitionKey: partitionKey ?? record.partitionKey,
    arrivedAt: new Date(record.arrivedMs).toISOString(),
    encoding: encodings.join(","),
  });
  return `${head.slice(0, -1)},"data":${isJson(encodings) ? text : JSON.stringify(text)}}`;
}

export function isJson(encodings: Decoded["encodings"]): boolean {
  const last = encodings.at(-1);
  return last === "json" || last === "avro";
}

function withLineFeed(data: Uint8Array): Uint8Array {
  return data.at(-1) === 0x0a ? data : Buffer.concat([data, Buffer.from("\n")]);
}

function timeOf(ms: number): string {
  const time = new Date(ms);
  const two = (value: number): string => `${value}`.padStart(2, "0");
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${`${time.getMilliseconds()}`.padStart(3, "0")}`;
}

/** A terminal must not obey what a key says. */
function escapedKey(key: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out.
  return key.replace(/[\u0000-\u001f\u007f-\u009f]/g, "·");
}

function shortened(text: string, cells: number): string {
  return text.length <= cells ? text : `${text.slice(0, cells - 1)}…`;
}
