import { createHash } from "node:crypto";

/*
 * What the Kinesis Producer Library makes of several records of a user:
 *
 *     f3 89 9a c2   message   MD5 of the message (16 bytes)
 *
 *     AggregatedRecord => 1: partition_key_table (string, repeated)
 *                         2: explicit_hash_key_table (string, repeated)
 *                         3: records (Record, repeated)
 *     Record => 1: partition_key_index (varint)  2: explicit_hash_key_index (varint)  3: data (bytes)  4: tags
 */
const magic: readonly number[] = Object.freeze([0xf3, 0x89, 0x9a, 0xc2]);
const digestBytes = 16;

export interface UserRecord {
  readonly partitionKey: string;
  /** Decimal digits, as the producer wrote them. */
  readonly explicitHashKey: string | undefined;
  /** Where its data lies: from the beginning of the aggregated record on. */
  readonly start: number;
  readonly end: number;
}

/** Whether the bytes begin as an aggregated record does. */
export function looksAggregated(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    bytes[start] === magic[0] &&
    end - start >= magic.length + digestBytes &&
    magic.every((byte, at) => bytes[start + at] === byte)
  );
}

/** The records within; undefined for what is no aggregated record after all, which is a record as it is. */
export function userRecords(record: Uint8Array): readonly UserRecord[] | undefined {
  if (!looksAggregated(record, 0, record.byteLength)) return undefined;
  const end = record.byteLength - digestBytes;
  const digest = createHash("md5").update(record.subarray(magic.length, end)).digest();
  if (!digest.equals(record.subarray(end))) return undefined;
  return readMessage(new FieldReader(record, magic.length, end));
}

interface RawRecord {
  keyIndex: number | undefined;
  hashIndex: number | undefined;
  data: readonly [start: number, end: number] | undefined;
}

function readMessage(reader: FieldReader): readonly UserRecord[] | undefined {
  const keys: string[] = [];
  const hashKeys: string[] = [];
  const records: RawRecord[] = [];
  while (reader.next()) {
    if (reader.field === 1) keys.push(reader.text());
    else if (reader.field === 2) hashKeys.push(reader.text());
    else if (reader.field === 3) {
      const record = readRecord(reader.message());
      if (record === undefined) return undefined;
      records.push(record);
    }
  }
  if (reader.isDamaged) return undefined;
  const found: UserRecord[] = [];
  for (const { keyIndex, hashIndex, data } of records) {
    const partitionKey = keyIndex === undefined ? undefined : keys[keyIndex];
    const explicitHashKey = hashIndex === undefined ? undefined : hashKeys[hashIndex];
    if (partitionKey === undefined || data === undefined) return undefined;
    if (hashIndex !== undefined && explicitHashKey === undefined) return undefined;
    found.push({ partitionKey, explicitHashKey, start: data[0], end: data[1] });
  }
  return found;
}

function readRecord(reader: FieldReader): RawRecord | undefined {
  const record: RawRecord = { keyIndex: undefined, hashIndex: undefined, data: undefined };
  while (reader.next()) {
    if (reader.field === 1) record.keyIndex = reader.number;
    else if (reader.field === 2) record.hashIndex = reader.number;
    else if (reader.field === 3) record.data = [reader.start, reader.end];
  }
  return reader.isDamaged ? undefined : record;
}

/** Fields of a protobuf message, one after another; what is cut short or no field ends it as damaged. */
class FieldReader {
  field = 0;
  /** Of a varint field; of others undefined. */
  number: number | undefined;
  /** Of a field with bytes; of others nothing. */
  start = 0;
  end = 0;
  isDamaged = false;
  readonly #bytes: Uint8Array;
  readonly #limit: number;
  #at: number;

  constructor(bytes: Uint8Array, from: number, to: number) {
    this.#bytes = bytes;
    this.#at = from;
    this.#limit = to;
  }

  next(): boolean {
    if (this.#at >= this.#limit || this.isDamaged) return false;
    const tag = this.#varint();
    this.field = Math.floor(tag / 8);
    this.number = undefined;
    this.start = this.#at;
    this.end = this.#at;
    switch (tag % 8) {
      case 0:
        this.number = this.#varint();
        break;
      case 1:
        this.#at += 8;
        break;
      case 2: {
        const length = this.#varint();
        this.start = this.#at;
        this.#at += length;
        this.end = this.#at;
        break;
      }
      case 5:
        this.#at += 4;
        break;
      default:
        this.isDamaged = true;
    }
    if (this.#at > this.#limit) this.isDamaged = true;
    return !this.isDamaged;
  }

  text(): string {
    return Buffer.from(this.#bytes.subarray(this.start, this.end)).toString("utf8");
  }

  message(): FieldReader {
    return new FieldReader(this.#bytes, this.start, this.end);
  }

  /** Ten bytes at most; numbers beyond 2^53 are no index and no length. */
  #varint(): number {
    let value = 0;
    for (let power = 0; power < 10; power += 1) {
      const byte = this.#at < this.#limit ? this.#bytes[this.#at] : undefined;
      if (byte === undefined) break;
      this.#at += 1;
      value += (byte & 0x7f) * 2 ** (7 * power);
      if (byte < 0x80) return value;
    }
    this.isDamaged = true;
    return 0;
  }
}
