import { type Batch, type Offset, toOffset } from "../log/port.ts";
import type { DeliveryRecord, FailedRecord, PartitionKeys, RecordOrigin } from "./record.ts";

/** Records that were put directly: their arrival is the batch's append time. */
export const plainKind = 1;
/** Records that were copied from another log, with the place in it that they end at. */
export const tracedKind = 2;

/** A record as a traced batch keeps it. */
export interface TracedRecord {
  readonly data: Uint8Array;
  readonly arrivalTimeMs: number;
  readonly origin?: RecordOrigin;
  readonly partitionKeys?: PartitionKeys;
  /** For a record that failed: the data is what it was before. */
  readonly failure?: Omit<FailedRecord, "record">;
}

interface Meta {
  readonly partitionKeys?: PartitionKeys;
  readonly failure?: Omit<FailedRecord, "record">;
}

/** Where a traced batch ends in the lane that it was copied from. */
export interface LanePosition {
  readonly lane: string;
  readonly position: string;
}

const hasOrigin = 1;
const hasMeta = 2;
const hasSubSequence = 4;
const recordHeaderBytes = 13;

/*
 * Payloads of the log's batches. Integers are little-endian, texts UTF-8.
 *
 *     plain    => end[count] data[count]
 *     end      => u32, where the data end, counted from the end of the table
 *
 *     traced   => lane position records:u32 record[records]
 *     lane     => text16           a shard, or "" for what a stage made
 *     position => text16           where the lane goes on
 *     record   => flags:u8 dataLength:u32 arrivalTimeMs:f64 [origin, flags & 1] [meta, flags & 2] data
 *     origin   => partitionKey:text16 sequenceNumber:text16 shardId:text16 [subSequenceNumber:u32, flags & 4]
 *     meta     => length:u32 JSON { partitionKeys?, failure? }
 *     text16   => length:u16 bytes
 *
 * A traced batch may have no record: it then moves its lane's position only, and counts as one.
 */
export function encodePlain(records: readonly Uint8Array[], dataBytes: number): Buffer {
  const tableBytes = records.length * 4;
  const payload = Buffer.allocUnsafeSlow(tableBytes + dataBytes);
  let at = tableBytes;
  let table = 0;
  for (const data of records) {
    payload.set(data, at);
    at += data.length;
    table = payload.writeUInt32LE(at - tableBytes, table);
  }
  return payload;
}

export function encodeTraced(lane: string, position: string, records: readonly TracedRecord[]): Buffer {
  const metas = records.map(metaOf);
  let bytes = 8 + Buffer.byteLength(lane) + Buffer.byteLength(position);
  for (let i = 0; i < records.length; i++) bytes += tracedBytes(records[i], metas[i]);
  const payload = Buffer.allocUnsafeSlow(bytes);
  let at = writeText(payload, position, writeText(payload, lane, 0));
  at = payload.writeUInt32LE(records.length, at);
  for (const [i, record] of records.entries()) at = writeTraced(payload, record, metas[i], at);
  return payload;
}

function metaOf({ partitionKeys, failure }: TracedRecord): string | undefined {
  if (partitionKeys === undefined && failure === undefined) return undefined;
  return JSON.stringify({ partitionKeys, failure });
}

/** What a record takes in a payload, at most. */
export function tracedBytes(record: TracedRecord | undefined, meta?: string): number {
  if (record === undefined) return 0;
  const { data, origin } = record;
  let bytes = recordHeaderBytes + data.length;
  if (origin !== undefined) {
    const { partitionKey, sequenceNumber, shardId } = origin;
    bytes += 6 + Buffer.byteLength(partitionKey) + Buffer.byteLength(sequenceNumber);
    bytes += Buffer.byteLength(shardId) + (origin.subSequenceNumber === undefined ? 0 : 4);
  }
  return meta === undefined ? bytes : bytes + 4 + Buffer.byteLength(meta);
}

function writeText(payload: Buffer, text: string, at: number): number {
  const bytes = payload.write(text, at + 2);
  payload.writeUInt16LE(bytes, at);
  return at + 2 + bytes;
}

function writeTraced(payload: Buffer, record: TracedRecord, meta: string | undefined, start: number): number {
  const { data, arrivalTimeMs, origin } = record;
  const subSequenceNumber = origin?.subSequenceNumber;
  const flags =
    (origin === undefined ? 0 : hasOrigin) |
    (meta === undefined ? 0 : hasMeta) |
    (subSequenceNumber === undefined ? 0 : hasSubSequence);
  let at = payload.writeUInt8(flags, start);
  at = payload.writeUInt32LE(data.length, at);
  at = payload.writeDoubleLE(arrivalTimeMs, at);
  if (origin !== undefined) {
    at = writeText(payload, origin.partitionKey, at);
    at = writeText(payload, origin.sequenceNumber, at);
    at = writeText(payload, origin.shardId, at);
  }
  if (subSequenceNumber !== undefined) at = payload.writeUInt32LE(subSequenceNumber, at);
  if (meta !== undefined) {
    const bytes = payload.write(meta, at + 4);
    payload.writeUInt32LE(bytes, at);
    at += 4 + bytes;
  }
  payload.set(data, at);
  return at + data.length;
}

/** The records of batches as they come. Data are views on the payloads. */
export class RecordSink {
  readonly records: DeliveryRecord[] = [];
  readonly failed: FailedRecord[] = [];

  /**
   * Adds the records of a batch from an offset on.
   * @throws RangeError when the payload is not of the form above.
   */
  take(batch: Batch, from: Offset): void {
    if (batch.kind === plainKind) this.#takePlain(batch, from);
    else if (batch.kind === tracedKind) this.#takeTraced(batch, from);
    else throw new RangeError(`batch of an unknown kind ${batch.kind}`);
  }

  #takePlain({ payload, firstOffset, count, appendTimeMs }: Batch, from: Offset): void {
    const tableBytes = count * 4;
    if (tableBytes + payload.readUInt32LE(tableBytes - 4) !== payload.length)
      throw new RangeError("record batch of a wrong length");
    const first = Math.max(from - firstOffset, 0);
    let start = first === 0 ? tableBytes : tableBytes + payload.readUInt32LE(first * 4 - 4);
    for (let i = first; i < count; i++) {
      const end = tableBytes + payload.readUInt32LE(i * 4);
      const data = payload.subarray(start, end);
      this.records.push({ data, arrivalTimeMs: appendTimeMs, offset: toOffset(firstOffset + i) });
      start = end;
    }
  }

  #takeTraced({ payload, firstOffset }: Batch, from: Offset): void {
    const reader = new TracedReader(payload);
    reader.text();
    reader.text();
    const count = reader.u32();
    for (let i = 0; i < count; i++) {
      const { record, failure } = reader.record(toOffset(firstOffset + i));
      if (record.offset < from) continue;
      if (failure === undefined) this.records.push(record);
      else this.failed.push({ ...failure, record });
    }
    if (reader.at !== payload.length) throw new RangeError("traced batch of a wrong length");
  }
}

/** Undefined for a batch that was put directly. */
export function positionOf(batch: Batch): LanePosition | undefined {
  if (batch.kind !== tracedKind) return undefined;
  const reader = new TracedReader(batch.payload);
  return { lane: reader.text(), position: reader.text() };
}

class TracedReader {
  readonly #payload: Buffer;
  at = 0;

  constructor(payload: Buffer) {
    this.#payload = payload;
  }

  text(): string {
    const start = this.at + 2;
    this.at = start + this.#payload.readUInt16LE(this.at);
    return this.#payload.toString("utf8", start, this.at);
  }

  u32(): number {
    const value = this.#payload.readUInt32LE(this.at);
    this.at += 4;
    return value;
  }

  record(offset: Offset): { record: DeliveryRecord; failure: Meta["failure"] | undefined } {
    const flags = this.#payload.readUInt8(this.at);
    this.at += 1;
    const dataBytes = this.u32();
    const arrivalTimeMs = this.#payload.readDoubleLE(this.at);
    this.at += 8;
    const origin = flags & hasOrigin ? this.#origin(flags) : undefined;
    const meta = flags & hasMeta ? this.#meta() : undefined;
    const data = this.#payload.subarray(this.at, this.at + dataBytes);
    this.at += dataBytes;
    const plain = { data, arrivalTimeMs, offset };
    const traced = origin === undefined ? plain : { ...plain, origin };
    const partitionKeys = meta?.partitionKeys;
    return {
      record: partitionKeys === undefined ? traced : { ...traced, partitionKeys },
      failure: meta?.failure,
    };
  }

  #origin(flags: number): RecordOrigin {
    const origin = { partitionKey: this.text(), sequenceNumber: this.text(), shardId: this.text() };
    return flags & hasSubSequence ? { ...origin, subSequenceNumber: this.u32() } : origin;
  }

  #meta(): Meta {
    const bytes = this.u32();
    this.at += bytes;
    return JSON.parse(this.#payload.toString("utf8", this.at - bytes, this.at));
  }
}
