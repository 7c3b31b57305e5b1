import { assert } from "../../../core/assert.ts";
import { toOffset } from "../../log/port.ts";
import type { DeliveryRecord, PartitionKeys, RecordOrigin } from "../record.ts";

/**
 * frame := { length of the data, u32; length of the rest, u32; arrival in milliseconds, f64; offset, f64;
 *            the rest, JSON of origin and partition keys, or nothing; the data }, little-endian
 */
export const frameHeaderBytes = 24;

interface Rest {
  readonly origin?: RecordOrigin;
  readonly partitionKeys?: PartitionKeys;
}

/** The records as bytes, from which they can be made again. */
export function framesOf(records: readonly DeliveryRecord[]): Buffer {
  const rests = records.map(restOf);
  let bytes = 0;
  records.forEach((record, index) => {
    bytes += frameHeaderBytes + (rests[index]?.length ?? 0) + record.data.length;
  });
  // Large ones are kept by the spool, and then a buffer of Node's shared pool would keep the whole pool.
  const frames = bytes < Buffer.poolSize ? Buffer.allocUnsafe(bytes) : Buffer.allocUnsafeSlow(bytes);
  let at = 0;
  records.forEach((record, index) => {
    const rest = rests[index];
    frames.writeUInt32LE(record.data.length, at);
    frames.writeUInt32LE(rest?.length ?? 0, at + 4);
    frames.writeDoubleLE(record.arrivalTimeMs, at + 8);
    frames.writeDoubleLE(record.offset, at + 16);
    at += frameHeaderBytes;
    if (rest !== undefined) at += rest.copy(frames, at);
    at += record.data.copy(frames, at);
  });
  return frames;
}

export function recordOf(frame: Buffer): DeliveryRecord {
  const dataAt = frameHeaderBytes + frame.readUInt32LE(4);
  assert(frame.length === dataAt + frame.readUInt32LE(0), "a frame has the length that it says");
  const rest: Rest =
    dataAt === frameHeaderBytes ? {} : JSON.parse(frame.toString("utf8", frameHeaderBytes, dataAt));
  return {
    data: Buffer.from(frame.subarray(dataAt)),
    arrivalTimeMs: frame.readDoubleLE(8),
    offset: toOffset(frame.readDoubleLE(16)),
    ...rest,
  };
}

function restOf({ origin, partitionKeys }: DeliveryRecord): Buffer | undefined {
  if (origin === undefined && partitionKeys === undefined) return undefined;
  return Buffer.from(JSON.stringify({ origin, partitionKeys }));
}
