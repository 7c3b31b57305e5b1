/** What one call of a service takes. */
export interface BatchLimits {
  readonly records: number;
  readonly bytes: number;
}

/** A record on its way. */
export interface OutgoingRecord {
  readonly partitionKey: string;
  readonly data: Uint8Array;
}

/** Groups of records that fit into one call. A record that is too large for any goes alone: the service says so. */
export async function* batchesOf(
  records: AsyncIterable<OutgoingRecord>,
  limits: BatchLimits,
): AsyncGenerator<readonly OutgoingRecord[]> {
  let batch: OutgoingRecord[] = [];
  let bytes = 0;
  for await (const record of records) {
    const size = record.data.length + Buffer.byteLength(record.partitionKey);
    if (batch.length > 0 && (batch.length === limits.records || bytes + size > limits.bytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
