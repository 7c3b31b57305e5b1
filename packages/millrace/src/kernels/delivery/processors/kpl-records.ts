import { createHash } from "node:crypto";
import type { Processed, Processor } from "../processor.ts";
import type { DeliveryRecord } from "../record.ts";

const magic = [0xf3, 0x89, 0x9a, 0xc2] as const;
const digestBytes = 16;

interface KplRecord {
  readonly partitionKey: string;
  readonly data: Buffer;
}

/**
 * The records inside a record of the Kinesis Producer Library, or undefined when it is an ordinary one:
 *
 *     aggregated        := F3 89 9A C2, AggregatedRecord (protobuf), MD5 of that
 *     AggregatedRecord  := 1: partition key (string)*, 2: explicit hash key (string)*, 3: Record*
 *     Record            := 1: index of the partition key, 2: index of the hash key, 3: data, 4: Tag*
 */
function readKplRecords(data: Buffer): readonly KplRecord[] | undefined {
  const end = data.length - digestBytes;
  if (end < magic.length || magic.some((byte, index) => data[index] !== byte)) return undefined;
  const message = data.subarray(magic.length, end);
  if (!createHash("md5").update(message).digest().equals(data.subarray(end))) return undefined;
  const keys: string[] = [];
  const records: { readonly keyIndex: number; readonly data: Buffer }[] = [];
  const isWhole = readFields(message, (field, value) => {
    if (field === 1 && typeof value !== "number") keys.push(value.toString("utf8"));
    if (field === 3 && typeof value !== "number") records.push(readRecord(value));
  });
  if (!isWhole) return undefined;
  const read = records.flatMap(({ keyIndex, data: bytes }) => {
    const partitionKey = keys[keyIndex];
    return partitionKey === undefined ? [] : [{ partitionKey, data: bytes }];
  });
  return read.length > 0 && read.length === records.length ? read : undefined;
}

/** Takes apart what the Kinesis Producer Library aggregated; every stream's records go through it. */
export class KplDeAggregation implements Processor {
  readonly isDeterministic = true;

  async process(records: readonly DeliveryRecord[]): Promise<Processed> {
    return { records: records.flatMap(partsOf), failed: [] };
  }
}

function partsOf(record: DeliveryRecord): readonly DeliveryRecord[] {
  const parts = readKplRecords(record.data);
  if (parts === undefined) return [record];
  return parts.map(({ partitionKey, data }, subSequenceNumber) => ({
    ...record,
    data,
    ...(record.origin === undefined ? {} : { origin: { ...record.origin, partitionKey, subSequenceNumber } }),
  }));
}

function readRecord(message: Buffer): { readonly keyIndex: number; readonly data: Buffer } {
  let keyIndex = 0;
  let data: Buffer = Buffer.alloc(0);
  const isWhole = readFields(message, (field, value) => {
    if (field === 1 && typeof value === "number") keyIndex = value;
    if (field === 3 && typeof value !== "number") data = value;
  });
  return isWhole ? { keyIndex, data } : { keyIndex: -1, data };
}

/** Protobuf's wire format; false when it ends in the middle of a field. */
function readFields(message: Buffer, take: (field: number, value: number | Buffer) => void): boolean {
  let position = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 49; shift += 7) {
      const byte = message[position++];
      if (byte === undefined) return Number.NaN;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return Number.NaN;
  };
  while (position < message.length) {
    const tag = readVarint();
    const field = Math.floor(tag / 8);
    const kind = tag % 8;
    if (kind === 0) {
      const value = readVarint();
      if (Number.isNaN(value)) return false;
      take(field, value);
    } else if (kind === 1 || kind === 5) {
      position += kind === 1 ? 8 : 4;
    } else if (kind === 2) {
      const length = readVarint();
      if (!(position + length <= message.length)) return false;
      take(field, message.subarray(position, position + length));
      position += length;
    } else return false;
  }
  return position === message.length;
}
