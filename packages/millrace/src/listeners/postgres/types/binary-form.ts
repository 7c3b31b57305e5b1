import { SqlError, type SqlType } from "../../../kernels/warehouse/values/index.ts";
import type { ProtocolVersion } from "../rows/row-description.ts";
import { binaryDate, binaryTime, binaryTimestamp, binaryTimeTz, int32, int64 } from "./binary-dates.ts";
import { binaryInterval } from "./binary-intervals.ts";
import { postgresNumeric, redshiftNumeric } from "./binary-numeric.ts";
import { wireTypeOf } from "./wire-type.ts";

/** What a numeric without its own is taken for, as `modifierOf` says. */
const defaultPrecision = 18;

/**
 * The binary form of a value that is there as text: for answers that come as texts, and for what the fast
 * encoders leave aside. @throws SqlError 22P03 for a text that is not of the type
 */
export function binaryOf(text: string, type: SqlType, version: ProtocolVersion): Uint8Array {
  const bytes = formOf(text, type, version);
  if (bytes === undefined)
    throw new SqlError("22P03", `the value "${text.slice(0, 100)}" has no binary form as ${type.name}`);
  return bytes;
}

function formOf(text: string, type: SqlType, version: ProtocolVersion): Uint8Array | undefined {
  switch (type.name) {
    case "smallint":
      return whole(text, 16);
    case "integer":
      return whole(text, 32);
    case "bigint":
      return whole(text, 64);
    case "oid":
    case "xid":
      return /^\d{1,10}$/.test(text) && Number(text) < 2 ** 32 ? int32(Number(text) | 0) : undefined;
    case "real":
      return float(text, 4);
    case "double precision":
      return float(text, 8);
    case "numeric":
      return numeric(text, type, version);
    case "boolean":
      return text === "t" || text === "f" ? Buffer.of(text === "t" ? 1 : 0) : undefined;
    case "date":
      return binaryDate(text);
    case "time":
      return binaryTime(text);
    case "timetz":
      return binaryTimeTz(text);
    case "timestamp":
    case "timestamptz":
      return binaryTimestamp(text);
    case "interval":
    case "interval year to month":
    case "interval day to second":
      return binaryInterval(text, type.name);
    case "varbyte":
      return /^(?:[0-9a-f]{2})*$/i.test(text) ? Buffer.from(text, "hex") : undefined;
    case "array":
      return array(text, type.element ?? { name: "text" }, version);
    default:
      return Buffer.from(text);
  }
}

function whole(text: string, bits: number): Buffer | undefined {
  if (!/^-?\d{1,39}$/.test(text)) return undefined;
  const value = BigInt(text);
  // The engine's sums may be wider than the type says.
  if (BigInt.asIntN(bits, value) !== value) throw new SqlError("22003", "integer out of range");
  return int64(value).subarray(8 - bits / 8);
}

function float(text: string, size: 4 | 8): Buffer | undefined {
  const value = Number(text);
  if (text === "" || (Number.isNaN(value) && text !== "NaN")) return undefined;
  const bytes = Buffer.allocUnsafe(size);
  if (size === 4) bytes.writeFloatBE(value);
  else bytes.writeDoubleBE(value);
  return bytes;
}

function numeric(text: string, type: SqlType, version: ProtocolVersion): Buffer | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign = "", integer = "", fraction = ""] = match;
  if (version < 2) return postgresNumeric(BigInt(`${sign}${integer}${fraction}`), fraction.length);
  const scale = type.scale ?? 0;
  if (fraction.length > scale && /[1-9]/.test(fraction.slice(scale)))
    throw new SqlError("22003", "numeric field overflow");
  const digits = fraction.padEnd(scale, "0").slice(0, scale);
  return redshiftNumeric(BigInt(`${sign}${integer}${digits}`), type.precision ?? defaultPrecision);
}

/**
 *   array => Int32 dimensions, Int32 whether NULLs are in it, Int32 element type,
 *            (Int32 length, Int32 lower bound)*, (Int32 length or -1, element)*
 */
function array(text: string, element: SqlType, version: ProtocolVersion): Buffer | undefined {
  const items = arrayItems(text);
  if (items === undefined) return undefined;
  const head = [int32(items.length === 0 ? 0 : 1), int32(items.includes(null) ? 1 : 0)];
  head.push(int32(wireTypeOf(element).oid));
  if (items.length > 0) head.push(int32(items.length), int32(1));
  const cells = items.flatMap((item) => {
    if (item === null) return [int32(-1)];
    const bytes = binaryOf(item, element, version);
    return [int32(bytes.length), bytes];
  });
  return Buffer.concat([...head, ...cells]);
}

/** Elements of an array of one dimension; undefined for other text. */
function arrayItems(text: string): readonly (string | null)[] | undefined {
  if (!text.startsWith("{") || !text.endsWith("}")) return undefined;
  if (text === "{}") return [];
  const items: (string | null)[] = [];
  const pattern = /(?:"((?:[^"\\]|\\.)*)"|([^{}",\\]+))(,|$)/sy;
  const inner = text.slice(1, -1);
  while (pattern.lastIndex < inner.length) {
    const match = pattern.exec(inner);
    if (match === null) return undefined;
    if (match[1] !== undefined) items.push(match[1].replace(/\\(.)/gs, "$1"));
    else items.push(match[2] === "NULL" ? null : (match[2] ?? ""));
  }
  return items;
}
