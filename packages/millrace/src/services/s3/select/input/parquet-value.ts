import type { DuckDBType, DuckDBValue } from "@duckdb/node-api";
import { selectError } from "../select-error.ts";
import { Decimal } from "../value/decimal.ts";
import { Float } from "../value/float.ts";
import { parseInteger } from "../value/integer.ts";
import { Timestamp } from "../value/timestamp.ts";
import type { Json, Value } from "../value/value.ts";
import { jsonOf } from "../value/value-text.ts";
import { parseJson } from "./json-text.ts";

type Duck = typeof import("@duckdb/node-api");
/** A value of DuckDB, which is never null here. */
type Reader = (value: DuckDBValue) => Value;

/** How the values of a column become those of the dialect. @throws ServiceError for a type that it does not have. */
export function readerOf(duck: Duck, type: DuckDBType): Reader {
  const { DuckDBTypeId: ids } = duck;
  switch (type.typeId) {
    case ids.BOOLEAN:
    case ids.TINYINT:
    case ids.SMALLINT:
    case ids.INTEGER:
    case ids.UTINYINT:
    case ids.USMALLINT:
    case ids.UINTEGER:
    case ids.VARCHAR:
    case ids.ENUM:
      return (value) => value as string | number | boolean;
    case ids.BIGINT:
    case ids.UBIGINT:
    case ids.HUGEINT:
    case ids.UHUGEINT:
      return (value) => parseInteger(String(value)) ?? Decimal.of(value as bigint, 0);
    case ids.FLOAT:
      // The shortest text of a four-byte float, not the digits that eight bytes would add.
      return (value) => new Float(Number((value as number).toPrecision(7)));
    case ids.DOUBLE:
      return (value) => new Float(value as number);
    case ids.DECIMAL:
      return (value) => decimalOf(value);
    case ids.DATE:
    case ids.TIMESTAMP:
    case ids.TIMESTAMP_S:
    case ids.TIMESTAMP_MS:
    case ids.TIMESTAMP_NS:
    case ids.TIMESTAMP_TZ:
      return timeReader(duck, type);
    case ids.UUID:
    case ids.TIME:
      return (value) => String(value);
    case ids.LIST:
    case ids.ARRAY:
    case ids.STRUCT:
    case ids.MAP:
      return nestedReader(duck, type);
    default:
      throw selectError("UnsupportedParquetType", `Found ${type.toString()}`);
  }
}

function decimalOf(value: DuckDBValue): Decimal {
  const { value: coefficient, scale } = value as { readonly value: bigint; readonly scale: number };
  return Decimal.of(coefficient, scale);
}

/** Times without a zone are taken for UTC. */
function timeReader(duck: Duck, type: DuckDBType): Reader {
  const { DuckDBTypeId: ids } = duck;
  if (type.typeId === ids.DATE)
    return (value) => moment((value as { days: number }).days * 86_400, 0, 0, "day");
  if (type.typeId === ids.TIMESTAMP_S)
    return (value) => fromUnits((value as { seconds: bigint }).seconds, 1n, 0);
  if (type.typeId === ids.TIMESTAMP_MS)
    return (value) => fromUnits((value as { millis: bigint }).millis, 1_000n, 3);
  if (type.typeId === ids.TIMESTAMP_NS)
    return (value) => fromUnits((value as { nanos: bigint }).nanos, 1_000_000_000n, 9);
  return (value) => fromUnits((value as { micros: bigint }).micros, 1_000_000n, 6);
}

function fromUnits(units: bigint, perSecond: bigint, digits: number): Timestamp {
  const rest = ((units % perSecond) + perSecond) % perSecond;
  return moment(
    Number((units - rest) / perSecond),
    Number((rest * 1_000_000_000n) / perSecond),
    digits,
    "second",
  );
}

function moment(
  epochSeconds: number,
  nanos: number,
  fractionDigits: number,
  precision: "day" | "second",
): Timestamp {
  const offsetMinutes = precision === "day" ? undefined : 0;
  return new Timestamp({ epochSeconds, nanos, precision, fractionDigits, offsetMinutes });
}

/** Lists, structures and maps are JSON to the dialect. */
function nestedReader(duck: Duck, type: DuckDBType): Reader {
  if (type instanceof duck.DuckDBListType || type instanceof duck.DuckDBArrayType) {
    const item = jsonReader(duck, type.valueType);
    return (value) => (value as { readonly items: readonly DuckDBValue[] }).items.map(item);
  }
  if (type instanceof duck.DuckDBStructType) {
    const readers = type.entryNames.map((name, index) => ({
      name,
      read: jsonReader(duck, type.entryTypes[index] ?? duck.VARCHAR),
    }));
    return (value) => {
      const { entries } = value as { readonly entries: Readonly<Record<string, DuckDBValue>> };
      return Object.fromEntries(readers.map(({ name, read }) => [name, read(entries[name] ?? null)]));
    };
  }
  if (type instanceof duck.DuckDBMapType) {
    const read = jsonReader(duck, type.valueType);
    return (value) => {
      const { entries } = value as {
        readonly entries: readonly { readonly key: DuckDBValue; readonly value: DuckDBValue }[];
      };
      return Object.fromEntries(entries.map((entry) => [String(entry.key), read(entry.value)]));
    };
  }
  throw selectError("UnsupportedParquetType", `Found ${type.toString()}`);
}

/** Floats become numbers and timestamps texts, as they would in a JSON file. */
function jsonReader(duck: Duck, type: DuckDBType): (value: DuckDBValue) => Json {
  const read = readerOf(duck, type);
  return (value) => {
    if (value === null) return null;
    const result = read(value);
    return result instanceof Float || result instanceof Timestamp
      ? parseJson(jsonOf(result))
      : (result ?? null);
  };
}
