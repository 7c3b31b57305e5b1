import type { ListShape, MapShape, Shape, SimpleShape, StructureShape } from "../model/shape.ts";
import type { CborTimestamps } from "./cbor-reader.ts";
import { majorTypes } from "./cbor-scan.ts";
import { CborSink } from "./cbor-sink.ts";
import { entriesOf, mistyped } from "./output-value.ts";

/** Writes one value; `undefined` and `null` never reach it. */
export type CborWrite = (sink: CborSink, value: unknown) => void;

interface Field {
  readonly name: string;
  readonly label: Buffer;
  readonly write: CborWrite;
}

/** A map whose entries follow until a break: AWS writes structures so, and it saves counting the members. */
const openMap = 0xbf;
const closeMap = 0xff;

/** Compiles shapes into closures that write CBOR. */
export class CborWriters {
  readonly #timestamps: CborTimestamps;
  readonly #cache = new WeakMap<Shape, CborWrite>();

  constructor(options: { readonly timestamps: CborTimestamps }) {
    this.#timestamps = options.timestamps;
  }

  encode(shape: Shape, value: unknown): Buffer {
    const sink = new CborSink(512);
    this.writer(shape)(sink, value);
    return sink.finish();
  }

  writer(shape: Shape): CborWrite {
    const known = this.#cache.get(shape);
    if (known !== undefined) return known;
    const write = this.#compile(shape);
    this.#cache.set(shape, write);
    return write;
  }

  #compile(shape: Shape): CborWrite {
    switch (shape.kind) {
      case "structure":
        return this.#structure(shape);
      case "list":
        return this.#list(shape);
      case "map":
        return this.#map(shape);
      case "timestamp":
        return (sink, value) => this.#timestamp(sink, value);
      default:
        return simpleWriter(shape);
    }
  }

  #structure(shape: StructureShape): CborWrite {
    let fields: readonly Field[] | undefined;
    return (sink, value) => {
      fields ??= shape.members.map((member) => ({
        name: member.name,
        label: textItem(member.name),
        write: this.writer(member.shape),
      }));
      if (typeof value !== "object" || value === null) throw mistyped("structure", value);
      const source = value as Readonly<Record<string, unknown>>;
      sink.byte(openMap);
      for (const field of fields) {
        const item = source[field.name];
        if (item === undefined || item === null) continue;
        sink.raw(field.label);
        field.write(sink, item);
      }
      sink.byte(closeMap);
    };
  }

  #list(shape: ListShape): CborWrite {
    let write: CborWrite | undefined;
    return (sink, value) => {
      write ??= this.writer(shape.element.shape);
      if (!Array.isArray(value)) throw mistyped("list", value);
      sink.head(majorTypes.array, value.length);
      const start = sink.size;
      for (let index = 0; index < value.length; index++) {
        write(sink, value[index]);
        if (index === 0) sink.expect((sink.size - start) * value.length);
      }
    };
  }

  #map(shape: MapShape): CborWrite {
    let write: CborWrite | undefined;
    return (sink, value) => {
      write ??= this.writer(shape.value.shape);
      const entries = entriesOf(value);
      sink.head(majorTypes.map, entries.length);
      for (const [key, item] of entries) {
        sink.text(key);
        write(sink, item);
      }
    };
  }

  /** `timestamp => tag(1) (integer milliseconds | double seconds)` */
  #timestamp(sink: CborSink, value: unknown): void {
    if (!(value instanceof Date) || Number.isNaN(value.getTime())) throw mistyped("timestamp", value);
    sink.head(majorTypes.tag, 1);
    if (this.#timestamps === "milliseconds") sink.integer(value.getTime());
    else sink.double(value.getTime() / 1000);
  }
}

function textItem(name: string): Buffer {
  const sink = new CborSink(64);
  sink.text(name);
  return sink.finish();
}

function simpleWriter(shape: SimpleShape): CborWrite {
  const { kind } = shape;
  switch (kind) {
    case "string":
      return (sink, value) => sink.text(String(value));
    case "blob":
      return (sink, value) => {
        if (!(value instanceof Uint8Array)) throw mistyped(kind, value);
        sink.blob(value);
      };
    case "boolean":
      return (sink, value) => sink.byte(value === true ? 0xf5 : 0xf4);
    case "document":
      return writeDocument;
    default:
      return writeNumber;
  }
}

function writeNumber(sink: CborSink, value: unknown): void {
  const number = Number(value);
  if (typeof value === "bigint") sink.bigInteger(value);
  else if (Number.isSafeInteger(number) && !Object.is(number, -0)) sink.integer(number);
  else sink.double(number);
}

function writeDocument(sink: CborSink, value: unknown): void {
  if (value === null || value === undefined) sink.byte(0xf6);
  else if (typeof value === "string") sink.text(value);
  else if (typeof value === "boolean") sink.byte(value ? 0xf5 : 0xf4);
  else if (typeof value !== "object") writeNumber(sink, value);
  else if (Array.isArray(value)) {
    sink.head(majorTypes.array, value.length);
    for (const item of value) writeDocument(sink, item);
  } else writeDocumentMap(sink, value);
}

function writeDocumentMap(sink: CborSink, value: object): void {
  const entries = Object.entries(value);
  sink.head(majorTypes.map, entries.length);
  for (const [key, item] of entries) {
    sink.text(key);
    writeDocument(sink, item);
  }
}
