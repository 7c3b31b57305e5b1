/**
 * The payload of a log frame that holds Kinesis records. The log sees opaque bytes; a batch carries its
 * append time and first offset, so that a record needs neither.
 *
 *     payload => end[count] record[count]
 *     end     => u32 LE, where the record ends, counted from the end of the table
 *     record  => flags:u8 keyLength:u16 LE key [explicitHashKey:16 bytes BE, when flags & 1] data
 *
 * The table finds record k of a batch without reading the ones before it.
 */
export const recordBatchKind = 1;
/** Frame flag: the batch was put while the stream was encrypted. */
export const encryptedFlag = 1;

const hasExplicitHash = 1;
const recordHeaderBytes = 3;
const hashKeyBytes = 16;

export interface OutgoingRecord {
  readonly data: Uint8Array;
  /** UTF-8 bytes of the partition key, as a part of `keys`. */
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly explicitHashKey: bigint | undefined;
}

/** Builds a frame's payload from records whose keys lie in `keys`. */
export function encodeRecordBatch(keys: Buffer, records: readonly OutgoingRecord[]): Buffer {
  const tableBytes = records.length * 4;
  let totalBytes = tableBytes;
  for (const record of records) totalBytes += storedBytes(record);
  const payload = Buffer.allocUnsafe(totalBytes);
  let table = 0;
  let at = tableBytes;
  for (const record of records) {
    at = writeRecord(payload, at, keys, record);
    payload.writeUInt32LE(at - tableBytes, table);
    table += 4;
  }
  return payload;
}

function storedBytes(record: OutgoingRecord): number {
  const hashBytes = record.explicitHashKey === undefined ? 0 : hashKeyBytes;
  return recordHeaderBytes + record.keyEnd - record.keyStart + hashBytes + record.data.length;
}

function writeRecord(payload: Buffer, start: number, keys: Buffer, record: OutgoingRecord): number {
  let at = start;
  payload[at++] = record.explicitHashKey === undefined ? 0 : hasExplicitHash;
  at = payload.writeUInt16LE(record.keyEnd - record.keyStart, at);
  at += keys.copy(payload, at, record.keyStart, record.keyEnd);
  if (record.explicitHashKey !== undefined) {
    at = payload.writeBigUInt64BE(record.explicitHashKey >> 64n, at);
    at = payload.writeBigUInt64BE(record.explicitHashKey & 0xffff_ffff_ffff_ffffn, at);
  }
  payload.set(record.data, at);
  return at + record.data.length;
}

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
    if (this.#end(count - 1) !== payload.length) throw new RangeError("record batch of a wrong length");
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
