import type { PutRecordsResultEntry } from "@aws-sdk/client-kinesis";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import type { StreamDocument } from "./document.ts";
import { invalidArgument, missingMember, throughputExceeded, validation } from "./errors.ts";
import { parseHashKey } from "./hash-key.ts";
import { limits } from "./limits.ts";
import type { KinesisMeter } from "./meter.ts";
import { encodeRecordBatch, encryptedFlag, type OutgoingRecord, recordBatchKind } from "./record-batch.ts";
import { SequenceCounter } from "./sequence-number.ts";
import type { Shard } from "./shard.ts";
import type { Stream } from "./stream.ts";

export interface IncomingRecord {
  readonly Data: Uint8Array;
  readonly PartitionKey?: string | undefined;
  readonly ExplicitHashKey?: string | undefined;
}

/** Records of one call that go to the same shard. */
interface ShardGroup {
  readonly shard: Shard;
  /** Their places in the call. */
  readonly positions: number[];
  readonly records: OutgoingRecord[];
  bytes: number;
}

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
  let totalBytes = 0;
  for (let position = 0; position < records.length; position++) {
    const record = records[position];
    if (record === undefined) continue;
    const key = record.PartitionKey;
    if (key === undefined && document.distribution !== "AUTO")
      throw missingMember(path(position, "partitionKey"));
    // A UTF-16 unit takes three bytes at the most; only keys that might matter are measured exactly.
    const keyBytes = key === undefined ? 0 : Buffer.byteLength(key);
    const bytes = keyBytes + record.Data.length;
    if (bytes > maxBytes)
      throw validation(
        `1 validation error detected: Value at '${path(position, "data")}' failed to satisfy constraint: ` +
          `Member must have length less than or equal to ${maxBytes}`,
      );
    totalBytes += bytes;
  }
  if (totalBytes > limits.putRecordsBytes)
    throw invalidArgument(`Records size exceeds ${limits.putRecordsBytes / (1024 * 1024)} MB limit`);
}

/**
 * Writes records to the shards that their keys choose and answers in the order of the call, when each shard
 * has acknowledged its part. Placing and appending happen in one turn, so that no reshard comes between.
 */
export async function writeRecords(
  stream: Stream,
  records: readonly IncomingRecord[],
  meter: KinesisMeter,
  log: Logger,
): Promise<PutRecordsResultEntry[]> {
  const results: PutRecordsResultEntry[] = new Array(records.length);
  const { keys, groups } = placeRecords(stream, records, results, meter);
  await Promise.all(groups.map((group) => appendGroup(stream, keys, group, results, meter, log)));
  return results;
}

interface Placement {
  readonly keys: Buffer;
  readonly groups: readonly ShardGroup[];
}

function placeRecords(
  stream: Stream,
  records: readonly IncomingRecord[],
  results: PutRecordsResultEntry[],
  meter: KinesisMeter,
): Placement {
  const keys = Buffer.allocUnsafe(keyRoom(records));
  const byShard = new Map<number, ShardGroup>();
  const { openShards, throughput } = stream;
  let at = 0;
  for (let position = 0; position < records.length; position++) {
    const record = records[position];
    if (record === undefined) continue;
    const keyStart = at;
    at += keys.write(record.PartitionKey ?? "", at);
    const explicitHashKey =
      record.ExplicitHashKey === undefined ? undefined : explicitHash(record.ExplicitHashKey);
    const index = chooseShard(stream, keys, keyStart, at, explicitHashKey);
    const shard = openShards[index];
    if (shard === undefined) throw invalidArgument(`Stream ${stream.document.name} has no open shard.`);
    const bytes = at - keyStart + record.Data.length;
    if (throughput.kind !== "off" && !shard.throughput.mayWrite(throughput, bytes)) {
      results[position] = throttled(stream, shard);
      meter.throttledWrite(stream);
      continue;
    }
    let group = byShard.get(index);
    if (group === undefined) {
      group = { shard, positions: [], records: [], bytes: 0 };
      byShard.set(index, group);
    }
    group.positions.push(position);
    group.records.push({ data: record.Data, keyStart, keyEnd: at, explicitHashKey });
    group.bytes += bytes;
  }
  return { keys, groups: [...byShard.values()] };
}

function keyRoom(records: readonly IncomingRecord[]): number {
  let units = 0;
  for (const record of records) units += record.PartitionKey?.length ?? 0;
  return units * 3;
}

function explicitHash(text: string): bigint {
  const hashKey = parseHashKey(text);
  if (hashKey !== undefined) return hashKey;
  throw invalidArgument(
    `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${text}`,
  );
}

/** Position in `openShards`. */
function chooseShard(
  stream: Stream,
  keys: Buffer,
  from: number,
  to: number,
  hashKey: bigint | undefined,
): number {
  if (stream.document.distribution === "AUTO") return stream.nextTurn();
  if (stream.router === undefined) return -1;
  return hashKey === undefined ? stream.router.routeKey(keys, from, to) : stream.router.routeHash(hashKey);
}

function throttled(stream: Stream, shard: Shard): PutRecordsResultEntry {
  const { code, message } = throughputExceeded(shard.id, stream.document.name, stream.document.account);
  return { ErrorCode: code, ErrorMessage: message };
}

async function appendGroup(
  stream: Stream,
  keys: Buffer,
  group: ShardGroup,
  results: PutRecordsResultEntry[],
  meter: KinesisMeter,
  log: Logger,
): Promise<void> {
  const { shard, positions, records } = group;
  const { keyId } = stream.document;
  try {
    const appended = await shard.log.append({
      count: records.length,
      kind: recordBatchKind,
      payload: encodeRecordBatch(keys, records),
      ...(keyId === undefined ? {} : { flags: encryptedFlag, encryption: { keyId } }),
    });
    const sequence = new SequenceCounter(shard.identity, appended.firstOffset, appended.appendTimeMs);
    for (const position of positions)
      results[position] = { SequenceNumber: sequence.next(), ShardId: shard.id };
    meter.put(stream, records.length, group.bytes);
  } catch (error) {
    // The records of this shard failed, those of the others did not: the client retries these only.
    log.error({ err: error, shard: shard.id, stream: stream.arn }, `append failed: ${messageOf(error)}`);
    for (const position of positions)
      results[position] = { ErrorCode: "InternalFailure", ErrorMessage: "Internal service failure." };
  }
}
