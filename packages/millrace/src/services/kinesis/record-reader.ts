import type { _Record } from "@aws-sdk/client-kinesis";
import { type Batch, toOffset } from "../../kernels/log/index.ts";
import type { StreamDocument } from "./document.ts";
import { encryptedFlag, RecordBatchReader } from "./record-batch.ts";
import { SequenceCounter } from "./sequence-number.ts";
import type { Shard } from "./shard.ts";
import { retentionMs } from "./shard-log.ts";

export interface ReadLimits {
  readonly maxRecords: number;
  /** Keys and data. One record is returned even when it alone is bigger. */
  readonly maxBytes: number;
}

export interface ReadResult {
  readonly records: _Record[];
  readonly bytes: number;
  /** Offset of the next record to read. */
  readonly next: number;
  /** 0 when nothing more is there. */
  readonly millisBehindLatest: number;
}

/** The time before which a stream's records have expired. */
export function horizonMs(document: StreamDocument, nowMs: number): number {
  return Math.max(nowMs - retentionMs(document), document.trimmedBeforeMs);
}

/** Reads records that are durable and not expired, from an offset on. */
export async function readRecords(
  document: StreamDocument,
  shard: Shard,
  from: number,
  limits: ReadLimits,
  nowMs: number,
): Promise<ReadResult> {
  const { log } = shard;
  const expiredBeforeMs = horizonMs(document, nowMs);
  let next = Math.max(from, log.firstOffset);
  while (next < log.durableOffset) {
    const batches = await log.read(toOffset(next), limits);
    const first = batches[0];
    if (first === undefined) break;
    if (first.appendTimeMs < expiredBeforeMs) {
      // Whole segments are deleted later; until then a reader steps over what has expired.
      next = Math.max(next + 1, await log.offsetForTime(expiredBeforeMs));
      continue;
    }
    return collect(shard, batches, next, limits, nowMs);
  }
  return { records: [], bytes: 0, next: Math.max(from, next), millisBehindLatest: 0 };
}

function collect(
  shard: Shard,
  batches: readonly Batch[],
  from: number,
  limits: ReadLimits,
  nowMs: number,
): ReadResult {
  const records: _Record[] = [];
  let bytes = 0;
  let next = from;
  let lastTimeMs = nowMs;
  for (const batch of batches) {
    const reader = new RecordBatchReader(batch.payload, batch.count);
    const skipped = Math.max(0, next - batch.firstOffset);
    const sequence = new SequenceCounter(shard.identity, batch.firstOffset + skipped, batch.appendTimeMs);
    const arrived = new Date(batch.appendTimeMs);
    const isEncrypted = (batch.flags & encryptedFlag) !== 0;
    for (let index = skipped; index < batch.count; index++) {
      const recordBytes = reader.countedBytes(index);
      const isFull = records.length >= limits.maxRecords || bytes + recordBytes > limits.maxBytes;
      if (isFull && records.length > 0) return finish();
      const { partitionKey, data } = reader.at(index);
      const record: _Record = {
        SequenceNumber: sequence.next(),
        ApproximateArrivalTimestamp: arrived,
        Data: data,
        PartitionKey: partitionKey,
      };
      if (isEncrypted) record.EncryptionType = "KMS";
      records.push(record);
      bytes += recordBytes;
      lastTimeMs = batch.appendTimeMs;
      next = batch.firstOffset + index + 1;
    }
  }
  return finish();

  function finish(): ReadResult {
    const behind = next >= shard.log.durableOffset ? 0 : Math.max(0, nowMs - lastTimeMs);
    return { records, bytes, next, millisBehindLatest: behind };
  }
}
