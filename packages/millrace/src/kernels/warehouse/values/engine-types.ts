import type { DuckDBDataChunk, DuckDBType, DuckDBVector } from "@duckdb/node-api";

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
  /** Integers of 64 bits; undefined for engine types that do not keep their rows so. */
  readonly items: ArrayLike<number> | BigInt64Array | undefined;
  /** The bytes of the rows, for engine types that keep them so: decimals, strings, intervals, booleans. */
  readonly view: DataView | undefined;
}

/** What the engine's vectors keep, as far as we read it: their types hide it. */
interface RawVector {
  readonly items?: ArrayLike<number> | BigInt64Array;
  readonly dataView?: DataView;
  readonly validity?: { readonly data?: BigUint64Array | null; readonly offset?: number };
}

export function engineColumn(chunk: DuckDBDataChunk, index: number): EngineColumn {
  const vector = chunk.getColumnVector(index);
  const raw = vector as unknown as RawVector;
  const bits = raw.validity?.data ?? undefined;
  return {
    type: vector.type,
    vector,
    validity: bits === undefined ? undefined : new Uint32Array(bits.buffer, bits.byteOffset, bits.length * 2),
    items: raw.items,
    view: raw.dataView,
  };
}
