import type { Processed, Processor } from "../processor.ts";
import type { DeliveryRecord } from "../record.ts";

/** A record that holds more is handed on whole, as Firehose does; a query then finds that it is not JSON. */
const maxParts = 500;

const quote = 0x22;
const backslash = 0x5c;
const openingBrace = 0x7b;
const closingBrace = 0x7d;
const openingBracket = 0x5b;
const closingBracket = 0x5d;
const comma = 0x2c;

/** Several JSON objects in one record: after one another, with or without space between them, or as an array. */
export const jsonParts: SplitRecord = (data) => {
  const first = skipSpace(data, 0);
  const isArray = data[first] === openingBracket;
  const parts: Buffer[] = [];
  let position = isArray ? skipSpace(data, first + 1) : first;
  while (data[position] === openingBrace && parts.length <= maxParts) {
    const end = endOfObject(data, position);
    if (end === undefined) return undefined;
    parts.push(data.subarray(position, end));
    position = skipSpace(data, end);
    if (!isArray || data[position] !== comma) continue;
    position = skipSpace(data, position + 1);
    if (data[position] !== openingBrace) return undefined;
  }
  if (isArray) {
    if (data[position] !== closingBracket) return undefined;
    position = skipSpace(data, position + 1);
  }
  return position === data.length ? parts : undefined;
};

/** Records between delimiters; what is empty is no record. */
export function delimitedParts(delimiter: Buffer): SplitRecord {
  return (data) => {
    const parts: Buffer[] = [];
    let position = 0;
    while (position < data.length && parts.length <= maxParts) {
      const found = data.indexOf(delimiter, position);
      const end = found < 0 ? data.length : found;
      if (end > position) parts.push(data.subarray(position, end));
      position = end + delimiter.length;
    }
    return parts;
  };
}

/** The records in a record, or undefined when it is not made of such. May stop after `maxParts`. */
export type SplitRecord = (data: Buffer) => readonly Buffer[] | undefined;

/** Makes several records of one that a producer put together. */
export class RecordSplitter implements Processor {
  readonly isDeterministic = true;
  readonly #split: SplitRecord;

  constructor(split: SplitRecord) {
    this.#split = split;
  }

  async process(records: readonly DeliveryRecord[]): Promise<Processed> {
    return { records: records.flatMap((record) => this.#partsOf(record)), failed: [] };
  }

  #partsOf(record: DeliveryRecord): readonly DeliveryRecord[] {
    const parts = this.#split(record.data);
    if (parts === undefined || parts.length === 0 || parts.length > maxParts) return [record];
    return parts.map((data) => ({ ...record, data }));
  }
}

function skipSpace(data: Buffer, from: number): number {
  let position = from;
  for (; position < data.length; position++) {
    const byte = data[position] ?? 0;
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
  }
  return position;
}

/** Behind the brace that closes the object that begins here. */
function endOfObject(data: Buffer, start: number): number | undefined {
  let depth = 0;
  let isInString = false;
  for (let position = start; position < data.length; position++) {
    const byte = data[position];
    if (isInString) {
      if (byte === backslash) position++;
      else if (byte === quote) isInString = false;
    } else if (byte === quote) isInString = true;
    else if (byte === openingBrace) depth++;
    else if (byte === closingBrace) {
      depth--;
      if (depth === 0) return position + 1;
    }
  }
  return undefined;
}
