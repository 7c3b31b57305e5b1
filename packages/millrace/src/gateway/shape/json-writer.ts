import type { ListShape, MapShape, Member, Shape, SimpleShape, StructureShape } from "../model/shape.ts";
import { JsonSink } from "./json-sink.ts";
import { entriesOf, mistyped } from "./output-value.ts";
import { formatTimestamp } from "./timestamp.ts";

/** Writes one value; `undefined` and `null` never reach it. */
export type JsonWrite = (sink: JsonSink, value: unknown) => void;

const comma = 0x2c;
const trueText = Buffer.from("true");
const falseText = Buffer.from("false");

interface Field {
  readonly name: string;
  /** `"Name":` */
  readonly label: Buffer;
  readonly write: JsonWrite;
}

/** Compiles shapes into closures that write JSON. */
export class JsonWriters {
  readonly #jsonNames: boolean;
  readonly #cache = new WeakMap<Shape, JsonWrite>();

  constructor(options: { readonly jsonNames: boolean }) {
    this.#jsonNames = options.jsonNames;
  }

  encode(shape: Shape, value: unknown): Buffer {
    const sink = new JsonSink(512);
    this.writer(shape)(sink, value);
    return sink.finish();
  }

  writer(shape: Shape): JsonWrite {
    const known = this.#cache.get(shape);
    if (known !== undefined) return known;
    const write = this.#compile(shape);
    this.#cache.set(shape, write);
    return write;
  }

  /** Writes some members of a structure, for protocols that send the others in headers. */
  members(members: readonly Member[]): JsonWrite {
    return structureWriter(members.map((member) => this.#field(member)));
  }

  #compile(shape: Shape): JsonWrite {
    switch (shape.kind) {
      case "structure":
        return this.#structure(shape);
      case "list":
        return this.#list(shape);
      case "map":
        return this.#map(shape);
      default:
        return simpleWriter(shape);
    }
  }

  #structure(shape: StructureShape): JsonWrite {
    let write: JsonWrite | undefined;
    return (sink, value) => {
      write ??= this.members(shape.members);
      write(sink, value);
    };
  }

  #field(member: Member): Field {
    const name = (this.#jsonNames ? member.traits.jsonName : undefined) ?? member.name;
    return {
      name: member.name,
      label: Buffer.from(`${JSON.stringify(name)}:`),
      write: this.writer(member.shape),
    };
  }

  #list(shape: ListShape): JsonWrite {
    let write: JsonWrite | undefined;
    return (sink, value) => {
      write ??= this.writer(shape.element.shape);
      if (!Array.isArray(value)) throw mistyped("list", value);
      sink.byte(0x5b);
      const start = sink.size;
      for (let index = 0; index < value.length; index++) {
        if (index > 0) sink.byte(comma);
        write(sink, value[index]);
        if (index === 0) sink.expect((sink.size - start) * value.length);
      }
      sink.byte(0x5d);
    };
  }

  #map(shape: MapShape): JsonWrite {
    let write: JsonWrite | undefined;
    return (sink, value) => {
      write ??= this.writer(shape.value.shape);
      let first = true;
      sink.byte(0x7b);
      for (const [key, item] of entriesOf(value)) {
        if (!first) sink.byte(comma);
        first = false;
        sink.string(key);
        sink.byte(0x3a);
        write(sink, item);
      }
      sink.byte(0x7d);
    };
  }
}

function structureWriter(fields: readonly Field[]): JsonWrite {
  return (sink, value) => {
    if (typeof value !== "object" || value === null) throw mistyped("structure", value);
    const source = value as Readonly<Record<string, unknown>>;
    let first = true;
    sink.byte(0x7b);
    for (const field of fields) {
      const item = source[field.name];
      if (item === undefined || item === null) continue;
      if (!first) sink.byte(comma);
      first = false;
      sink.raw(field.label);
      field.write(sink, item);
    }
    sink.byte(0x7d);
  };
}

function simpleWriter(shape: SimpleShape): JsonWrite {
  const { kind } = shape;
  switch (kind) {
    case "string":
      return (sink, value) => (typeof value === "string" ? sink.string(value) : sink.string(String(value)));
    case "blob":
      return (sink, value) => {
        if (!(value instanceof Uint8Array)) throw mistyped(kind, value);
        sink.base64(value);
      };
    case "boolean":
      return (sink, value) => sink.raw(value === true ? trueText : falseText);
    case "timestamp":
      return (sink, value) => writeTimestamp(sink, value, shape);
    case "document":
      return (sink, value) => sink.raw(Buffer.from(JSON.stringify(value)));
    case "bigInteger":
    case "bigDecimal":
      return (sink, value) => sink.ascii(String(value));
    default:
      return writeNumber;
  }
}

function writeNumber(sink: JsonSink, value: unknown): void {
  if (typeof value !== "number" && typeof value !== "bigint") throw mistyped("number", value);
  if (typeof value === "number" && Number.isInteger(value)) sink.integer(value);
  else if (typeof value === "bigint" || Number.isFinite(value)) sink.ascii(String(value));
  // NaN and the infinities are not JSON; AWS writes their names.
  else sink.string(String(value));
}

function writeTimestamp(sink: JsonSink, value: unknown, shape: SimpleShape): void {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) throw mistyped("timestamp", value);
  const format = shape.timestampFormat ?? "epoch-seconds";
  const text = formatTimestamp(value, format);
  if (format === "epoch-seconds") sink.ascii(text);
  else sink.string(text);
}
