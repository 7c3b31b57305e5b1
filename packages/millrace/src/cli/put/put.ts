import { AwsCaller } from "../aws-call/aws-caller.ts";
import { CommandError, exitCodes, usageError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import type { ConnectionFlags } from "../connection/connection.ts";
import { type BatchLimits, batchesOf, type OutgoingRecord } from "./batches.ts";
import { LineTooLongError, linesOf } from "./lines.ts";
import { keysByJq, type PartitionKeys, randomKeys } from "./partition-keys.ts";
import { bytesOf, type PutSource, sourceOf } from "./put-source.ts";
import { RateLimit } from "./rate-limit.ts";
import { findTarget, putPatiently, type RecordTarget } from "./record-target.ts";

export interface PutFlags extends ConnectionFlags {
  readonly key?: string;
  readonly whole?: true;
  readonly rate?: string;
  readonly retries: string;
  readonly stream?: true;
  readonly delivery?: true;
}

const maxRate = 1_000_000;
const maxRetries = 1_000;
/** Lines that get their keys together. */
const keyedLines = 500;

/** Puts records into a stream or a delivery stream, or an object into a bucket. @throws CommandError */
export async function put(
  target: string,
  data: string | undefined,
  flags: PutFlags,
  io: CommandIo,
): Promise<void> {
  const source = await sourceOf(data, io);
  const connection = await io.connection(flags);
  if (target.startsWith("s3://")) {
    const { putObject } = await import("./put-object.ts");
    const { bytes, place } = await putObject(connection, target, source, io);
    io.note(`Put ${bytes.toLocaleString("en-US")} bytes into ${place}.`);
    return;
  }
  if (flags.stream && flags.delivery) throw usageError("--stream and --delivery exclude each other.");
  const kind = flags.delivery ? "delivery" : flags.stream ? "stream" : undefined;
  await putRecords(
    await findTarget(new AwsCaller(connection, "millrace-put"), target, kind),
    source,
    flags,
    io,
  );
}

async function putRecords(
  target: RecordTarget,
  source: PutSource,
  flags: PutFlags,
  io: CommandIo,
): Promise<void> {
  const retries = wholeNumber("--retries", flags.retries, 0, maxRetries);
  const rate = flags.rate === undefined ? undefined : wholeNumber("--rate", flags.rate, 1, maxRate);
  const signal = io.interruption();
  const keys = flags.key === undefined ? randomKeys() : await keysByJq(flags.key);
  const bar = await io.progress({ label: "Putting", unit: "records" });
  const limit = rate === undefined ? undefined : new RateLimit(rate);
  const totals = { put: 0, refused: 0, reason: undefined as string | undefined };
  try {
    const records = keyedRecords(recordsOf(source, flags, io), keys, target.wantsLineFeeds);
    for await (const batch of batchesOf(records, limitsAt(target.limits, rate))) {
      await limit?.pass(batch.length, signal);
      const refused = await putPatiently(target, batch, retries, signal);
      totals.put += batch.length - refused.records.length;
      totals.refused += refused.records.length;
      totals.reason ??= refused.reason;
      bar.update(totals.put);
      if (signal.aborted) break;
    }
  } catch (error) {
    if (!signal.aborted)
      throw error instanceof LineTooLongError ? new CommandError(`${error.message}.`) : error;
  } finally {
    bar.stop();
    await keys.close();
  }
  const done = `${totals.put.toLocaleString("en-US")} ${totals.put === 1 ? "record" : "records"} into ${target.text}`;
  if (signal.aborted) throw new CommandError(`Interrupted after ${done}.`, exitCodes.interrupted);
  if (totals.refused > 0)
    throw new CommandError(
      `Put ${done}; ${totals.refused} were refused after ${retries} retries, the first with ${totals.reason} Give more time with --retries, or fewer records a second with --rate.`,
    );
  io.note(`Put ${done}.`);
}

/** With a rate, batches are as small as a tenth of a second's records: they come evenly. */
function limitsAt(limits: BatchLimits, rate: number | undefined): BatchLimits {
  return rate === undefined
    ? limits
    : { ...limits, records: Math.min(limits.records, Math.max(1, Math.ceil(rate / 10))) };
}

/** Data of the command line, and whole files, are one record; everything else is one a line. */
async function* recordsOf(source: PutSource, flags: PutFlags, io: CommandIo): AsyncGenerator<Uint8Array> {
  if (source.kind !== "text" && !flags.whole) {
    yield* linesOf(bytesOf(source, io));
    return;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytesOf(source, io)) chunks.push(chunk);
  yield Buffer.concat(chunks);
}

async function* keyedRecords(
  records: AsyncIterable<Uint8Array>,
  keys: PartitionKeys,
  withLineFeed: boolean,
): AsyncGenerator<OutgoingRecord> {
  let waiting: Uint8Array[] = [];
  async function* keyed(): AsyncGenerator<OutgoingRecord> {
    const found = await keys.of(waiting);
    for (const [index, data] of waiting.entries())
      yield {
        partitionKey: found[index] ?? "",
        data: withLineFeed ? Buffer.concat([data, Buffer.from("\n")]) : data,
      };
    waiting = [];
  }
  for await (const record of records) {
    waiting.push(record);
    if (waiting.length === keyedLines) yield* keyed();
  }
  yield* keyed();
}

function wholeNumber(flag: string, text: string, min: number, max: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw usageError(`${flag} ${text} must be a whole number from ${min} to ${max}.`);
}
