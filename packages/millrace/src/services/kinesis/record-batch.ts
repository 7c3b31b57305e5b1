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
): Buffer {
  const { explicitHashKeys } = outgoing;
  const tableBytes = positions.length * 4;
  let totalBytes = tableBytes + positions.length * recordHeaderBytes + countedBytes;
  for (const position of positions) if (explicitHashKeys[position] !== undefined) totalBytes += hashKeyBytes;
  const payload = Buffer.allocUnsafe(totalBytes);
  let table = 0;
  let at = tableBytes;
  for (const position of positions) {
    at = writeRecord(payload, at, outgoing, position);
    table = payload.writeUInt32LE(at - tableBytes, table);
  }
  return payload;
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
