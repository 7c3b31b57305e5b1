import { toOffset } from "../../../kernels/log/index.ts";
import { RecordBatchReader } from "../record-batch.ts";
import type { IncomingRecord } from "../record-placement.ts";
import type { Shard } from "../shard.ts";
import type { KinesisState } from "../state.ts";
import type { Stream } from "../stream.ts";
import { checkStreamKey, cipherFailure } from "../stream-encryption.ts";

export interface ReplayedRecords {
  readonly records: readonly IncomingRecord[];
  /** Keys and data. */
  readonly bytes: number;
  /** Where to go on. */
  readonly next: number;
}

/** Records as they were put, with the hash keys that their producers chose. */
export async function readReplayed(
  state: KinesisState,
  stream: Stream,
  { log }: Shard,
  from: number,
  limits: { readonly end: number; readonly maxRecords: number; readonly maxBytes: number },
): Promise<ReplayedRecords> {
  checkStreamKey(state, stream);
  const start = Math.max(from, log.firstOffset);
  if (start >= limits.end) return { records: [], bytes: 0, next: limits.end };
  const batches = await log
    .read(toOffset(start), limits)
    .catch((error: unknown) => Promise.reject(cipherFailure(error)));
  const records: IncomingRecord[] = [];
  let [bytes, next] = [0, start];
  for (const batch of batches) {
    const reader = new RecordBatchReader(batch.payload, batch.count);
    for (let index = Math.max(0, next - batch.firstOffset); index < batch.count; index++) {
      const offset = batch.firstOffset + index;
      const counted = reader.countedBytes(index);
      const isFull = records.length >= limits.maxRecords || bytes + counted > limits.maxBytes;
      if (offset >= limits.end || (isFull && records.length > 0)) return { records, bytes, next };
      const { partitionKey, explicitHashKey, data } = reader.at(index);
      records.push({
        Data: data,
        PartitionKey: partitionKey,
        ...(explicitHashKey === undefined ? {} : { ExplicitHashKey: explicitHashKey.toString() }),
      });
      bytes += counted;
      next = offset + 1;
    }
  }
  // Nothing but gaps follows when nothing was read.
  return { records, bytes, next: batches.length === 0 ? limits.end : next };
}
