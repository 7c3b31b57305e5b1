import { varint } from "./codecs.ts";

/*
 * What the Kinesis Producer Library makes of several records of a user:
 *
 *     f3 89 9a c2   message   MD5 of the message (16 bytes)
 *
 *     message => 1: partition keys (string, repeated)  2: explicit hash keys (string, repeated)
 *                3: records (repeated)
 *     record  => 1: index of its partition key (varint)  2: index of its hash key (varint)  3: data (bytes)
 */
const magic = [0xf3, 0x89, 0x9a, 0xc2] as const;
const digestBytes = 16;

export interface UserRecord {
  readonly partitionKey: string;
  readonly explicitHashKey: string | undefined;
  readonly data: Uint8Array;
}

/** The records within; undefined for what is no aggregated record. */
export function userRecords(bytes: Uint8Array): readonly UserRecord[] | undefined {
  if (bytes.length < magic.length + digestBytes || magic.some((byte, at) => bytes[at] !== byte))
    return undefined;
  try {
    return readMessage(bytes.subarray(magic.length, bytes.length - digestBytes));
  } catch {
    return undefined;
  }
}

function readMessage(message: Uint8Array): readonly UserRecord[] | undefined {
  const keys: string[] = [];
  const hashKeys: string[] = [];
  const parts: Uint8Array[] = [];
  const text = new TextDecoder();
  for (const { field, bytes } of fields(message)) {
    if (bytes === undefined) continue;
    if (field === 1) keys.push(text.decode(bytes));
    else if (field === 2) hashKeys.push(text.decode(bytes));
    else if (field === 3) parts.push(bytes);
  }
  const records = parts.map((part) => readRecord(part, keys, hashKeys));
  return records.length > 0 && records.every((record) => record !== undefined) ? records : undefined;
}

function readRecord(
  part: Uint8Array,
  keys: readonly string[],
  hashKeys: readonly string[],
): UserRecord | undefined {
  let partitionKey: string | undefined;
  let explicitHashKey: string | undefined;
  let data: Uint8Array | undefined;
  for (const { field, value, bytes } of fields(part)) {
    if (field === 1) partitionKey = keys[value];
    else if (field === 2) explicitHashKey = hashKeys[value];
    else if (field === 3) data = bytes;
  }
  return partitionKey === undefined || data === undefined
    ? undefined
    : { partitionKey, explicitHashKey, data };
}

interface Field {
  readonly field: number;
  /** Of a number. */
  readonly value: number;
  /** Of a text, bytes or a message. */
  readonly bytes: Uint8Array | undefined;
}

/** The fields of a protobuf message. @throws RangeError for what is none */
function* fields(message: Uint8Array): Generator<Field> {
  let at = 0;
  while (at < message.length) {
    const tag = varint(message, at);
    const field = Math.floor(tag.value / 8);
    const kind = tag.value % 8;
    at = tag.end;
    if (kind === 0) {
      const { value, end } = varint(message, at);
      at = end;
      yield { field, value, bytes: undefined };
    } else if (kind === 2) {
      const length = varint(message, at);
      at = length.end + length.value;
      if (at > message.length) throw new RangeError("a field is cut short");
      yield { field, value: 0, bytes: message.subarray(length.end, at) };
    } else throw new RangeError(`a field of kind ${kind}`);
  }
}
