import type { PutRecordsResultEntry } from "@aws-sdk/client-kinesis";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import type { Call } from "../../gateway/call.ts";
import type { StreamDocument } from "./document.ts";
import { invalidArgument, missingMember, throughputExceeded, validation } from "./errors.ts";
import { limits } from "./limits.ts";
import type { KinesisMeter, WriteTally } from "./meter.ts";
import { encodeRecordBatch, encryptedFlag, recordBatchKind } from "./record-batch.ts";
import { type IncomingRecord, type Placement, placeRecords, type ShardGroup } from "./record-placement.ts";
import { SequenceCounter } from "./sequence-number.ts";
import type { Shard } from "./shard.ts";
import type { Stream } from "./stream.ts";

/** Where an input's members lie, for error texts: `records.3.member.data`, or `data` in PutRecord. */
export type MemberPath = (position: number, member: string) => string;

export const listMember: MemberPath = (position, member) => `records.${position + 1}.member.${member}`;
export const plainMember: MemberPath = (_position, member) => member;

/** Refuses records that no shard may take; a call with one of them is refused as a whole, as on AWS. */
export function checkRecords(
  document: StreamDocument,
  records: readonly IncomingRecord[],
  path: MemberPath,
): void {
  const maxBytes = document.maxRecordKiB * 1024;
  let mostBytes = 0;
  for (let position = 0; position < records.length; position++) {
    const record = records[position];
    if (record === undefined) continue;
    if (record.PartitionKey === undefined && document.distribution !== "AUTO")
      throw missingMember(path(position, "partitionKey"));
    const most = mostCountedBytes(record);
    if (most > maxBytes && countedBytes(record) > maxBytes)
      throw validation(
        `1 validation error detected: Value at '${path(position, "data")}' failed to satisfy constraint: ` +
          `Member must have length less than or equal to ${maxBytes}`,
      );
    mostBytes += most;
  }
  if (mostBytes <= limits.putRecordsBytes) return;
  if (records.reduce((sum, record) => sum + countedBytes(record), 0) > limits.putRecordsBytes)
    throw invalidArgument(`Records size exceeds ${limits.putRecordsBytes / (1024 * 1024)} MB limit`);
}

/** Key and data in bytes, as AWS counts them. */
function countedBytes(record: IncomingRecord): number {
  return Buffer.byteLength(record.PartitionKey ?? "") + record.Data.length;
}

/** At least as much, without a look at the key: a UTF-16 unit takes three bytes at the most. */
function mostCountedBytes(record: IncomingRecord): number {
  return (record.PartitionKey?.length ?? 0) * 3 + record.Data.length;
}

/**
 * Writes records to the shards that their keys choose and answers in the order of the call, when each shard
 * has acknowledged its part. Placing and appending happen in one turn, so that no reshard comes between.
 */
export async function writeRecords(
  stream: Stream,
  records: readonly IncomingRecord[],
  meter: KinesisMeter,
  call: Pick<Call, "operation" | "receivedAt" | "log" | "principal" | "userAgent">,
): Promise<PutRecordsResultEntry[]> {
  const { operation, receivedAt, log } = call;
  const results: PutRecordsResultEntry[] = new Array(records.length);
  const tally: WriteTally = { total: records.length, succeeded: 0, bytes: 0, throttled: 0 };
  const placement = placeRecords(stream, records, (position, shard) => {
    results[position] = throttled(stream, shard);
    tally.throttled++;
    meter.throttledWrite(stream, shard);
  });
  const run: WriteRun = { stream, placement, results, tally, meter, log };
  const appends = placement.groups.map((group) => appendGroup(run, group));
  await Promise.all(appends);
  meter.wrote(stream, operation, receivedAt, tally, call);
  return results;
}

function throttled(stream: Stream, shard: Shard): PutRecordsResultEntry {
  const { code, message } = throughputExceeded(shard.id, stream.document.name, stream.document.account);
  return { ErrorCode: code, ErrorMessage: message };
}

/** One call's put under way. */
interface WriteRun {
  readonly stream: Stream;
  readonly placement: Placement;
  readonly results: PutRecordsResultEntry[];
  readonly tally: WriteTally;
  readonly meter: KinesisMeter;
  readonly log: Logger;
}

async function appendGroup(run: WriteRun, group: ShardGroup): Promise<void> {
  const { stream, placement, results, tally, meter, log } = run;
  const { shard, positions, bytes } = group;
  const keyId = stream.encryptionKey;
  try {
    const appended = await shard.log.append({
      count: positions.length,
      kind: recordBatchKind,
      payload: encodeRecordBatch(placement.outgoing, positions, bytes),
      ...(keyId === undefined ? {} : { flags: encryptedFlag, encryption: { keyId } }),
    });
    const sequence = new SequenceCounter(shard.identity, appended.firstOffset, appended.appendTimeMs);
    for (const position of positions)
      results[position] = { SequenceNumber: sequence.next(), ShardId: shard.id };
    tally.succeeded += positions.length;
    tally.bytes += bytes;
    meter.wroteShard(stream, shard, positions.length, bytes);
  } catch (error) {
    // The records of this shard failed, those of the others did not: the client retries these only.
    log.error({ err: error, shard: shard.id, stream: stream.arn }, `append failed: ${messageOf(error)}`);
    for (const position of positions)
      results[position] = { ErrorCode: "InternalFailure", ErrorMessage: "Internal service failure." };
  }
}
