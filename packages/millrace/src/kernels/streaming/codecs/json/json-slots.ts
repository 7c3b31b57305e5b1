import type { FlinkType } from "../../../../sql/flink/types.ts";
import type { Column, ColumnValues, Lane } from "../../batch.ts";
import { laneOf } from "../../batch.ts";
import { allocateValues, type WritableValues } from "../../columns/index.ts";
import type { JsonScan } from "./json-scan.ts";
import { TimestampBytes } from "./json-time.ts";
import { type ReadValue, type ValueOptions, valueReader } from "./json-values.ts";
import { TextCache } from "./text-cache.ts";

/** How a slot's values are read when they look as they mostly do; everything else goes the general way. */
const Way = { general: 0, text: 1, double: 2, int: 3, long: 4, timestamp: 5, boolean: 6 } as const;
type Way = (typeof Way)[keyof typeof Way];

const waysOf: Readonly<Partial<Record<FlinkType["kind"], Way>>> = {
  char: Way.text,
  varchar: Way.text,
  double: Way.double,
  int: Way.int,
  bigint: Way.long,
  timestamp: Way.timestamp,
  timestamp_ltz: Way.timestamp,
  boolean: Way.boolean,
};

/** One decoded column: values and NULLs of the rows of a block. */
export class JsonSlot {
  readonly type: FlinkType;
  readonly #lane: Lane;
  readonly #way: Way;
  readonly #read: ReadValue;
  readonly #texts = new TextCache();
  readonly #timestamps: TimestampBytes | undefined;
  #capacity = 0;
  #doubles = new Float64Array(0);
  #ints = new Int32Array(0);
  #objects: unknown[] = [];
  #others: WritableValues = [];
  #nulls: Uint8Array | undefined;

  constructor(type: FlinkType, options: ValueOptions) {
    this.type = type;
    this.#lane = laneOf(type, options.mode);
    const way = waysOf[type.kind] ?? Way.general;
    this.#way = way === Way.long && this.#lane !== "f64" ? Way.general : way;
    this.#read = valueReader(type, options);
    this.#timestamps =
      type.kind === "timestamp" || type.kind === "timestamp_ltz"
        ? new TimestampBytes(options.timestampForm, type)
        : undefined;
  }

  /** Memory for the rows of a block; what was there before is given away. */
  open(capacity: number): void {
    this.#capacity = capacity;
    this.#nulls = undefined;
    switch (this.#lane) {
      case "f64":
        this.#doubles = new Float64Array(capacity);
        break;
      case "i32":
        this.#ints = new Int32Array(capacity);
        break;
      case "object":
        this.#objects = new Array(capacity).fill(null);
        break;
      default:
        this.#others = allocateValues(this.#lane, capacity);
    }
  }

  /** A record may be several rows. */
  grow(capacity: number): void {
    const [values, nulls] = [this.#values(), this.#nulls];
    this.open(capacity);
    const grown = this.#values();
    if (Array.isArray(grown)) {
      for (let row = 0; row < values.length; row += 1) grown[row] = values[row];
    } else (grown as Float64Array).set(values as Float64Array);
    if (nulls !== undefined) {
      this.#nulls = new Uint8Array(capacity);
      this.#nulls.set(nulls);
    }
  }

  setNull(row: number): void {
    this.#nulls ??= new Uint8Array(this.#capacity);
    this.#nulls[row] = 1;
    if (this.#lane === "object") this.#objects[row] = null;
  }

  /** The first `rowCount` rows. */
  finish(rowCount: number): Column {
    const values = this.#values();
    const nulls = this.#nulls;
    const isWhole = rowCount === this.#capacity;
    const column = {
      values: isWhole ? values : (values.slice(0, rowCount) as ColumnValues),
      nulls: nulls === undefined || isWhole ? nulls : nulls.slice(0, rowCount),
    };
    if (column.nulls !== undefined && !column.nulls.includes(1))
      return { values: column.values, nulls: undefined };
    return column;
  }

  /** Reads the value at `from` into a row; answers where it ends. */
  read(scan: JsonScan, from: number, row: number): number {
    if (this.#nulls !== undefined) this.#nulls[row] = 0;
    const byte = from < scan.end ? (scan.bytes[from] as number) : -1;
    switch (this.#way) {
      case Way.text:
        if (byte === 0x22) {
          const end = scan.string(from);
          this.#objects[row] = scan.isPlain
            ? this.#texts.text(scan.bytes, from + 1, end - 1)
            : scan.text(from, end, false);
          return end;
        }
        break;
      case Way.timestamp:
        if (byte === 0x22 && this.#timestamps !== undefined) {
          const end = scan.string(from);
          const value = this.#timestamps.read(scan.bytes, from + 1, end - 1);
          if (Number.isNaN(value)) return this.#general(scan, from, end, row);
          this.#doubles[row] = value;
          return end;
        }
        break;
      case Way.double:
      case Way.long:
      case Way.int:
        if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) return this.#number(scan, from, row);
        break;
      case Way.boolean:
        if (byte === 0x74 || byte === 0x66) {
          const end = scan.skip(from);
          (this.#others as Uint8Array)[row] = byte === 0x74 ? 1 : 0;
          return end;
        }
        break;
      default:
    }
    return this.#general(scan, from, scan.skip(from), row);
  }

  #number(scan: JsonScan, from: number, row: number): number {
    const end = scan.number(from);
    const { value } = scan;
    if (this.#way === Way.int) {
      if (!scan.isInteger || (value | 0) !== value) return this.#general(scan, from, end, row);
      this.#ints[row] = value;
      return end;
    }
    if (!scan.isExact || (this.#way === Way.long && !scan.isInteger))
      return this.#general(scan, from, end, row);
    this.#doubles[row] = value;
    return end;
  }

  #general(scan: JsonScan, from: number, end: number, row: number): number {
    const value = this.#read(scan, from, end);
    if (value === null) this.setNull(row);
    else if (this.#lane === "f64") this.#doubles[row] = value as number;
    else if (this.#lane === "i32") this.#ints[row] = value as number;
    else if (this.#lane === "object") this.#objects[row] = value;
    else if (this.#lane === "u8") (this.#others as Uint8Array)[row] = value === true ? 1 : 0;
    else (this.#others as BigInt64Array)[row] = value as bigint;
    return end;
  }

  #values(): WritableValues {
    if (this.#lane === "f64") return this.#doubles;
    if (this.#lane === "i32") return this.#ints;
    return this.#lane === "object" ? this.#objects : this.#others;
  }
}
