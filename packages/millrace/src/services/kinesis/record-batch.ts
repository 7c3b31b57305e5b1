/**
 * The payload of a log frame that holds Kinesis records. The log sees opaque bytes; a batch carries its
 * append time and first offset, so that a record needs neither.
 *
 *     payload => end[count] record[count] [producer]
 *     end     => u32 LE, where the record ends, counted from the end of the table
 *     record  => flags:u8 keyLength:u16 LE key [explicitHashKey:16 bytes BE, when flags & 1] data
 *
 *     producer => id:16 bytes round:f64 LE index:u32 LE[count]
 *
 * The table finds record k of a batch without reading the ones before it. A producer that must not write twice what
 * it has written, such as a streaming query that repeats a round after a crash, says who it is, in which of its
 * rounds, and for each record its place in the round. Clients of the stream see nothing of it.
 */
export const recordBatchKind = 1;
/** Frame flag: the batch was put while the stream was encrypted. */
export const encryptedFlag = 1;

const hasExplicitHash = 1;
const recordHeaderBytes = 3;
const hashKeyBytes = 16;
const producerIdBytes = 16;
const producerHeaderBytes = producerIdBytes + 8;

/** Who wrote a batch, for producers that repeat themselves. */
export interface BatchProducer {
  /** 16 bytes. */
  readonly id: Uint8Array;
  readonly round: number;
  /** Of each record of the batch: its place in the round. */
  readonly indexes: readonly number[];
}

/** The records of a call, of which a batch takes some. Parallel arrays: a call has up to 500 records. */
export interface OutgoingRecords {
  readonly records: readonly { readonly Data: Uint8Array }[];
  /** The UTF-8 bytes of all partition keys, one after the other, and where each ends. */
  readonly keys: Buffer;
  readonly keyEnds: Uint32Array;
  readonly explicitHashKeys: readonly (bigint | undefined)[];
}

/**
 * Builds a frame's payload from the records at `positions`.
 * @param countedBytes of their keys and data.
 */
export function encodeRecordBatch(
  outgoing: OutgoingRecords,
  positions: readonly number[],
  countedBytes: number,
  producer?: BatchProducer,
): Buffer {
  const { explicitHashKeys } = outgoing;
  const tableBytes = positions.length * 4;
  let totalBytes = tableBytes + positions.length * recordHeaderBytes + countedBytes;
  for (const position of positions) if (explicitHashKeys[position] !== undefined) totalBytes += hashKeyBytes;
  if (producer !== undefined) totalBytes += producerHeaderBytes + positions.length * 4;
  const payload = Buffer.allocUnsafe(totalBytes);
  let table = 0;
  let at = tableBytes;
  for (const position of positions) {
    at = writeRecord(payload, at, outgoing, position);
    table = payload.writeUInt32LE(at - tableBytes, table);
  }
  if (producer !== undefined) writeProducer(payload, at, producer);
  return payload;
}

function writeProducer(payload: Buffer, start: number, { id, round, indexes }: BatchProducer): void {
  payload.set(id, start);
  let at = payload.writeDoubleLE(round, start + producerIdBytes);
  for (const index of indexes) at = payload.writeUInt32LE(index, at);
}

function writeRecord(payload: Buffer, start: number, outgoing: OutgoingRecords, position: number): number {
  const { keys, keyEnds } = outgoing;
  const explicitHashKey = outgoing.explicitHashKeys[position];
  const data = outgoing.records[position]?.Data ?? noData;
  let at = start;
  let key = position === 0 ? 0 : (keyEnds[position - 1] as number);
  const keyEnd = keyEnds[position] as number;
  payload[at++] = explicitHashKey === undefined ? 0 : hasExplicitHash;
  at = payload.writeUInt16LE(keyEnd - key, at);
  // Keys are short: a loop is faster than a call into the runtime.
  while (key < keyEnd) payload[at++] = keys[key++] as number;
  if (explicitHashKey !== undefined) {
    at = payload.writeBigUInt64BE(explicitHashKey >> 64n, at);
    at = payload.writeBigUInt64BE(explicitHashKey & 0xffff_ffff_ffff_ffffn, at);
  }
  payload.set(data, at);
  return at + data.length;
}

const noData = new Uint8Array();

export interface StoredRecord {
  readonly partitionKey: string;
  readonly explicitHashKey: bigint | undefined;
  /** A view on the batch, not a copy. */
  readonly data: Buffer;
}

/** Reads the records of one payload; throws `RangeError` when it is not of the form above. */
export class RecordBatchReader {
  readonly count: number;
  readonly #payload: Buffer;
  readonly #tableBytes: number;

  constructor(payload: Buffer, count: number) {
    this.#payload = payload;
    this.count = count;
    this.#tableBytes = count * 4;
    const producerBytes = payload.length - this.#end(count - 1);
    if (producerBytes !== 0 && producerBytes !== producerHeaderBytes + count * 4)
      throw new RangeError("record batch of a wrong length");
  }

  /** Undefined for batches of ordinary clients. */
  producer(): BatchProducer | undefined {
    const start = this.#end(this.count - 1);
    if (start === this.#payload.length) return undefined;
    const at = start + producerIdBytes;
    return {
      id: this.#payload.subarray(start, at),
      round: this.#payload.readDoubleLE(at),
      indexes: Array.from({ length: this.count }, (_, index) =>
        this.#payload.readUInt32LE(at + 8 + index * 4),
      ),
    };
  }

  /** Where the data of record `index` begins in the payload. */
  dataStart(index: number): number {
    const start = this.#start(index);
    const hashBytes = (this.#payload[start] ?? 0) & hasExplicitHash ? hashKeyBytes : 0;
    return start + recordHeaderBytes + this.#payload.readUInt16LE(start + 1) + hashBytes;
  }

  dataEnd(index: number): number {
    return this.#end(index);
  }

  /** Bytes of key and data of record `index`, the size that AWS counts against limits. */
  countedBytes(index: number): number {
    const start = this.#start(index);
    const hashBytes = (this.#payload[start] ?? 0) & hasExplicitHash ? hashKeyBytes : 0;
    return this.#end(index) - start - recordHeaderBytes - hashBytes;
  }

  at(index: number): StoredRecord {
    const payload = this.#payload;
    let at = this.#start(index);
    const flags = payload[at] ?? 0;
    const keyStart = at + recordHeaderBytes;
    at = keyStart + payload.readUInt16LE(at + 1);
    const partitionKey = payload.toString("utf8", keyStart, at);
    let explicitHashKey: bigint | undefined;
    if (flags & hasExplicitHash) {
      explicitHashKey = (payload.readBigUInt64BE(at) << 64n) | payload.readBigUInt64BE(at + 8);
      at += hashKeyBytes;
    }
    return { partitionKey, explicitHashKey, data: payload.subarray(at, this.#end(index)) };
  }

  #start(index: number): number {
    return index === 0 ? this.#tableBytes : this.#end(index - 1);
  }

  #end(index: number): number {
    return this.#tableBytes + this.#payload.readUInt32LE(index * 4);
  }
}
