import type { DuckDBDataChunk, DuckDBType, DuckDBVector } from "@duckdb/node-api";

/** The engine's library, which is loaded when the first database is opened and not before. */
export type EngineLibrary = typeof import("@duckdb/node-api");

/**
 * How the engine's columns stand for Redshift's types. What the engine gives may be wider than what the type
 * says (sums are HUGEINT, literals are INTEGER), so readers go by the engine's type for the bytes, and by
 * Redshift's for the form:
 *
 *   smallint, integer, bigint, oid, xid   any integer type of the engine
 *   numeric(p,s)                          DECIMAL of any width and scale, or any integer type
 *   real, double precision                FLOAT or DOUBLE, or any of the above
 *   boolean                               BOOLEAN
 *   character(n)                          VARCHAR without its padding
 *   character varying, text, name, char,
 *   reg*, aclitem, unknown, vectors       VARCHAR
 *   varbyte                               BLOB
 *   date, time, timetz                    DATE, TIME, TIMETZ
 *   timestamp, timestamptz                TIMESTAMP of any unit, TIMESTAMPTZ: microseconds since 1970, UTC
 *   intervals                             INTERVAL
 *   super                                 JSON: compact text
 *   array                                 LIST of what stands for its element
 *
 * A column of any other engine type than its own is written as the engine prints it.
 */
export interface EngineColumn {
  readonly type: DuckDBType;
  readonly vector: DuckDBVector;
  /** One bit a row, set for values; undefined when no row is NULL. */
  readonly validity: Uint32Array | undefined;
  /** The bytes of all rows as the engine keeps them, little-endian; undefined for nested types. */
  readonly view: DataView | undefined;
  /** The bytes of a string or blob; undefined for other types. Long ones cost a call into the engine each. */
  readonly bytesAt: ((row: number) => Uint8Array) | undefined;
}

/** Numbers of the engine's types, of which the values cannot be had without loading it. */
export const engineTypeIds = {
  boolean: 1,
  tinyint: 2,
  smallint: 3,
  integer: 4,
  bigint: 5,
  float: 10,
  double: 11,
  timestamp: 12,
  date: 13,
  time: 14,
  interval: 15,
  hugeint: 16,
  varchar: 17,
  blob: 18,
  decimal: 19,
  timestampSeconds: 20,
  timestampMillis: 21,
  timestampNanos: 22,
  list: 24,
  timeTz: 30,
  timestampTz: 31,
} as const;

/** What the engine's vectors keep, as far as we read it: their types hide it. */
interface RawVector {
  readonly items?: ArrayBufferView;
  readonly dataView?: DataView;
  readonly validity?: { readonly data?: BigUint64Array | null };
}

const allValid = Object.freeze({ itemValid: () => true });

export function engineColumn(chunk: DuckDBDataChunk, index: number, engine: EngineLibrary): EngineColumn {
  const vector = chunk.getColumnVector(index);
  const { items, dataView, validity } = vector as unknown as RawVector;
  const bits = validity?.data ?? undefined;
  const view =
    dataView ??
    (ArrayBuffer.isView(items) ? new DataView(items.buffer, items.byteOffset, items.byteLength) : undefined);
  const { type } = vector;
  const isBytes = type.typeId === engineTypeIds.varchar || type.typeId === engineTypeIds.blob;
  return {
    type,
    vector,
    validity: bits === undefined ? undefined : new Uint32Array(bits.buffer, bits.byteOffset, bits.length * 2),
    view,
    bytesAt: isBytes && view !== undefined ? bytesReader(view, engine) : undefined,
  };
}

/** A view of the same rows as blobs gives their bytes without decoding them. */
function bytesReader(view: DataView, engine: EngineLibrary): (row: number) => Uint8Array {
  const blobs = new engine.DuckDBBlobVector(
    view,
    allValid as never,
    undefined as never,
    0,
    view.byteLength / 16,
  );
  const empty = new Uint8Array(0);
  return (row) => blobs.getItemBytes(row) ?? empty;
}
