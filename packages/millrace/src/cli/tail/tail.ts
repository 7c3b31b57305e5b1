import { once } from "node:events";
import { AwsCaller } from "../aws-call/aws-caller.ts";
import { usageError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import type { ConnectionFlags } from "../connection/connection.ts";
import { decodeRecord } from "./decode.ts";
import { RecordFilter } from "./filter.ts";
import { isJson, RecordLines, type ShownRecord } from "./record-lines.ts";
import { ShardReaders, type StreamRecord } from "./shard-readers.ts";
import { startPosition } from "./start-time.ts";

export interface TailFlags extends ConnectionFlags {
  readonly from: string;
  readonly filter?: string;
  readonly raw?: true;
  readonly json?: true;
  readonly limit?: string;
  readonly shard?: string;
  readonly untilNow?: true;
}

/** Prints the records of a stream as they come, until Ctrl-C or as many as are wanted. */
export async function tail(streamName: string, flags: TailFlags, io: CommandIo): Promise<void> {
  if (flags.raw && flags.json) throw usageError("--raw and --json exclude each other. Give one of them.");
  const limit = flags.limit === undefined ? Number.POSITIVE_INFINITY : wholeNumber(flags.limit);
  const from = startPosition(flags.from, Date.now());
  const connection = await io.connection(flags);
  const filter = flags.filter === undefined ? undefined : await RecordFilter.compile(flags.filter);
  const done = new AbortController();
  const signal = AbortSignal.any([io.interruption(), done.signal]);
  const printer = new RecordPrinter(io, flags, filter, limit, () => done.abort());
  try {
    const readers = new ShardReaders({
      aws: new AwsCaller(connection, "millrace-tail"),
      streamName,
      from,
      shardId: flags.shard === undefined ? undefined : shardId(flags.shard),
      untilNow: flags.untilNow === true,
      signal,
      onRecords: (records) => printer.print(records),
      onNote: (text) => io.note(io.noteStyle("dim", text)),
    });
    await readers.run();
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await filter?.close();
  }
}

class RecordPrinter {
  readonly #io: CommandIo;
  readonly #lines: RecordLines;
  readonly #filter: RecordFilter | undefined;
  readonly #onLimit: () => void;
  #left: number;
  #hasNoted = false;
  /** Shards take turns: lines of two reads do not mix. */
  #last: Promise<void> = Promise.resolve();

  constructor(
    io: CommandIo,
    flags: TailFlags,
    filter: RecordFilter | undefined,
    limit: number,
    onLimit: () => void,
  ) {
    this.#io = io;
    this.#lines = new RecordLines(io, flags.raw ? "raw" : flags.json ? "json" : "lines");
    this.#filter = filter;
    this.#left = limit;
    this.#onLimit = onLimit;
  }

  print(records: readonly StreamRecord[]): Promise<void> {
    this.#last = this.#last.then(() => this.#print(records));
    return this.#last;
  }

  async #print(records: readonly StreamRecord[]): Promise<void> {
    if (this.#left <= 0) return;
    const shown: ShownRecord[] = [];
    for (const record of records)
      for (const decoded of await decodeRecord(record.data))
        shown.push({ record, decoded, text: decoded.text });
    const wanted = (this.#filter === undefined ? shown : await this.#filtered(this.#filter, shown)).slice(
      0,
      this.#left,
    );
    this.#left -= wanted.length;
    const lines = wanted.map((record) => this.#lines.line(record));
    const output = lines.every((line) => typeof line === "string")
      ? lines.join("")
      : Buffer.concat(lines.map((line) => Buffer.from(line)));
    if (output.length > 0 && !this.#io.stdout.write(output)) await once(this.#io.stdout, "drain");
    if (this.#left <= 0) this.#onLimit();
  }

  async #filtered(filter: RecordFilter, shown: readonly ShownRecord[]): Promise<readonly ShownRecord[]> {
    const results = await filter.run(
      shown.map(({ decoded, text }) => (isJson(decoded.encodings) ? text : JSON.stringify(text))),
    );
    return shown.flatMap((record, index) => {
      const result = results[index] ?? "drop";
      if (result === "keep") return [record];
      if (result === "drop") return [];
      if ("error" in result) {
        this.#noteFailure(result.error);
        return [];
      }
      const decoded = { ...record.decoded, encodings: ["json"] as const };
      return result.values.map((text) => ({
        ...record,
        decoded: { ...decoded, data: Buffer.from(text) },
        text,
      }));
    });
  }

  /** Once: a filter that fails for one record often fails for all. */
  #noteFailure(message: string): void {
    if (this.#hasNoted) return;
    this.#hasNoted = true;
    this.#io.note(
      this.#io.noteStyle("dim", `The filter fails for some records, which are left out: ${message}`),
    );
  }
}

/** `2` means `shardId-000000000002`. */
function shardId(text: string): string {
  return /^\d{1,12}$/.test(text) ? `shardId-${text.padStart(12, "0")}` : text;
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw usageError(`--limit ${text} must be a whole number from 1 on.`);
}
