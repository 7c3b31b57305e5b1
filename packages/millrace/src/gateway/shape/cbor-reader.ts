import type { ListShape, MapShape, Shape, SimpleShape, StructureShape } from "../model/shape.ts";
import { type CborScan, indefinite, majorTypes } from "./cbor-scan.ts";
import { maxNesting, serializationError, typeName } from "./serialization-error.ts";
import { instant, parseTimestamp } from "./timestamp.ts";

/** Reads the item at the scan's position. */
export type CborRead = (scan: CborScan) => unknown;

/** What a timestamp's number counts: AWS's older CBOR says milliseconds, rpcv2Cbor follows RFC 8949. */
export type CborTimestamps = "milliseconds" | "seconds";

interface Field {
  readonly name: string;
  /** The text string of the name as it is on the wire, head and all. */
  readonly wireBytes: Buffer;
  readonly read: CborRead;
}

/** Compiles shapes into closures that read CBOR; blobs are views on the body. */
export class CborReaders {
  readonly #timestamps: CborTimestamps;
  readonly #cache = new WeakMap<Shape, CborRead>();

  constructor(options: { readonly timestamps: CborTimestamps }) {
    this.#timestamps = options.timestamps;
  }

  reader(shape: Shape): CborRead {
    const known = this.#cache.get(shape);
    if (known !== undefined) return known;
    const read = this.#compile(shape);
    this.#cache.set(shape, read);
    return read;
  }

  #compile(shape: Shape): CborRead {
    switch (shape.kind) {
      case "structure":
        return this.#structure(shape);
      case "list":
        return this.#list(shape);
      case "map":
        return this.#map(shape);
      case "timestamp":
        return this.#timestamps === "seconds" ? readSeconds : readMilliseconds;
      default:
        return simpleReader(shape);
    }
  }

  #structure(shape: StructureShape): CborRead {
    let fields: readonly Field[] | undefined;
    return (scan) => {
      fields ??= shape.members.map((member) => ({
        name: member.name,
        wireBytes: textItem(member.name),
        read: this.reader(member.shape),
      }));
      return readStructure(scan, fields);
    };
  }

  #list(shape: ListShape): CborRead {
    let read: CborRead | undefined;
    return (scan) => {
      read ??= this.reader(shape.element.shape);
      return readList(scan, read);
    };
  }

  #map(shape: MapShape): CborRead {
    let read: CborRead | undefined;
    return (scan) => {
      read ??= this.reader(shape.value.shape);
      return readMap(scan, read);
    };
  }
}

function readStructure(scan: CborScan, fields: readonly Field[]): unknown {
  if (scan.major() !== majorTypes.map) throw mismatch(scan, "a structure");
  scan.enter();
  const count = scan.size();
  const value: Record<string, unknown> = {};
  let expected = 0;
  for (let entry = 0; count === indefinite ? !scan.takeBreak() : entry < count; entry++) {
    const index = fieldIndex(scan, fields, expected);
    const field = fields[index];
    if (field === undefined) skipItem(scan, 0);
    else {
      expected = index + 1;
      if (!scan.takeNull()) value[field.name] = field.read(scan);
      else if (field.name in value) delete value[field.name];
    }
  }
  scan.leave();
  return value;
}

function fieldIndex(scan: CborScan, fields: readonly Field[], expected: number): number {
  const guess = fields[expected];
  if (guess !== undefined && takeName(scan, guess.wireBytes)) return expected;
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index];
    if (field !== undefined && takeName(scan, field.wireBytes)) return index;
  }
  if (scan.major() !== majorTypes.text) throw scan.malformed();
  // A name may also be encoded with a longer head, or in pieces.
  const name = scan.text();
  return fields.findIndex((field) => field.name === name);
}

function takeName(scan: CborScan, name: Buffer): boolean {
  const { bytes, position } = scan;
  if (position + name.length > bytes.length) return false;
  for (let index = 0; index < name.length; index++) if (bytes[position + index] !== name[index]) return false;
  scan.position = position + name.length;
  return true;
}

/** `head text` for a name of up to 255 bytes. */
function textItem(name: string): Buffer {
  const text = Buffer.from(name);
  const head = text.length < 24 ? [0x60 | text.length] : [0x78, text.length];
  return Buffer.concat([Buffer.from(head), text]);
}

function readList(scan: CborScan, read: CborRead): unknown[] {
  if (scan.major() !== majorTypes.array) throw mismatch(scan, "a List");
  scan.enter();
  const count = scan.size();
  const values: unknown[] = [];
  while (count === indefinite ? !scan.takeBreak() : values.length < count) {
    values.push(scan.takeNull() ? null : read(scan));
  }
  scan.leave();
  return values;
}

function readMap(scan: CborScan, read: CborRead): unknown {
  if (scan.major() !== majorTypes.map) throw mismatch(scan, "a Map");
  scan.enter();
  const count = scan.size();
  const values = Object.create(null) as Record<string, unknown>;
  for (let entry = 0; count === indefinite ? !scan.takeBreak() : entry < count; entry++) {
    if (scan.major() !== majorTypes.text) throw scan.malformed();
    const key = scan.text();
    values[key] = scan.takeNull() ? null : read(scan);
  }
  scan.leave();
  return values;
}

function simpleReader(shape: SimpleShape): CborRead {
  const { kind } = shape;
  switch (kind) {
    case "string":
      return (scan) => (scan.major() === majorTypes.text ? scan.text() : fail(scan, kind));
    case "blob":
      return (scan) => (scan.major() === majorTypes.bytes ? scan.blob() : fail(scan, kind));
    case "boolean":
      return readBoolean;
    case "integer":
    case "long":
      return (scan) => Math.trunc(readNumber(scan, kind));
    case "bigInteger":
      return (scan) => (scan.major() <= majorTypes.negative ? scan.bigInteger() : fail(scan, kind));
    case "bigDecimal":
      return (scan) => String(readNumber(scan, kind));
    case "document":
      return (scan) => readDocument(scan);
    default:
      return (scan) => readNumber(scan, kind);
  }
}

function readBoolean(scan: CborScan): boolean {
  const byte = scan.peek();
  if (byte !== 0xf4 && byte !== 0xf5) return fail(scan, "boolean");
  scan.position++;
  return byte === 0xf5;
}

function readNumber(scan: CborScan, kind: string): number {
  if (!isNumber(scan)) return fail(scan, kind);
  return scan.number();
}

function isNumber(scan: CborScan): boolean {
  const byte = scan.peek();
  return byte >> 5 <= majorTypes.negative || (byte >= 0xf9 && byte <= 0xfb);
}

/** `timestamp => tag(1) (milliseconds | seconds)`; the tag may be missing. */
function readMilliseconds(scan: CborScan): Date {
  takeTimestampTag(scan);
  return instant(readNumber(scan, "timestamp"));
}

function readSeconds(scan: CborScan): Date {
  takeTimestampTag(scan);
  return parseTimestamp(readNumber(scan, "timestamp"));
}

function takeTimestampTag(scan: CborScan): void {
  if (scan.major() === majorTypes.tag && scan.argument() !== 1) throw fail(scan, "timestamp");
}

function readDocument(scan: CborScan): unknown {
  if (scan.takeNull()) return null;
  switch (scan.major()) {
    case majorTypes.text:
      return scan.text();
    case majorTypes.map:
      return readMap(scan, readDocument);
    case majorTypes.array:
      return readList(scan, readDocument);
    default:
      return isNumber(scan) ? scan.number() : readBoolean(scan);
  }
}

/** Steps over an item of any kind. */
function skipItem(scan: CborScan, depth: number): void {
  if (depth > maxNesting) throw serializationError("The request body is nested too deeply.");
  switch (scan.major()) {
    case majorTypes.bytes:
      scan.blob();
      return;
    case majorTypes.text:
      scan.text();
      return;
    case majorTypes.array:
    case majorTypes.map:
      skipItems(scan, depth);
      return;
    case majorTypes.tag:
      scan.argument();
      skipItem(scan, depth + 1);
      return;
    default:
      if (isNumber(scan)) scan.number();
      else if (!scan.takeNull()) readBoolean(scan);
  }
}

function skipItems(scan: CborScan, depth: number): void {
  const perEntry = scan.major() === majorTypes.map ? 2 : 1;
  const count = scan.size();
  for (let entry = 0; count === indefinite ? !scan.takeBreak() : entry < count; entry++) {
    for (let part = 0; part < perEntry; part++) skipItem(scan, depth + 1);
  }
}

function fail(scan: CborScan, kind: string): never {
  throw mismatch(scan, typeName(kind));
}

function mismatch(scan: CborScan, wanted: string): Error {
  const found = [
    "NUMBER_VALUE",
    "NUMBER_VALUE",
    "BYTE_VALUE",
    "STRING_VALUE",
    "",
    "",
    "TAG_VALUE",
    "SIMPLE_VALUE",
  ];
  const major = scan.major();
  if (major === majorTypes.array) return serializationError("Start of list found where not expected");
  if (major === majorTypes.map) {
    return serializationError("Start of structure or map found where not expected.");
  }
  return serializationError(`${found[major]} can not be converted to ${wanted}`);
}
