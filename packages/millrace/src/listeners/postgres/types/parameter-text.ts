import { floatText, realText, SqlError, type SqlType } from "../../../kernels/warehouse/values/index.ts";
import type { Format, ProtocolVersion } from "../rows/row-description.ts";
import { dateParameter } from "./binary-dates.ts";
import { intervalParameter } from "./binary-intervals.ts";
import { postgresNumericText } from "./binary-numeric.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * A bound parameter as text, which is what the session takes.
 * @param index from 1, for errors
 * @throws SqlError 22021 text that is not UTF-8, 22P03 bytes that are not of the type
 */
export function parameterText(
  value: Buffer,
  type: SqlType,
  format: Format,
  version: ProtocolVersion,
  index: number,
): string {
  if (format === "text") return textIn(value);
  const text = binaryParameter(value, type, version);
  if (text === undefined)
    throw new SqlError("22P03", `incorrect binary data format in bind parameter ${index}`);
  return text;
}

function textIn(value: Buffer): string {
  let text: string;
  try {
    text = utf8.decode(value);
  } catch (error) {
    throw new SqlError("22021", 'invalid byte sequence for encoding "UTF8"', { cause: error });
  }
  if (text.includes("\0")) throw new SqlError("22021", 'invalid byte sequence for encoding "UTF8": 0x00');
  return text;
}

function binaryParameter(value: Buffer, type: SqlType, version: ProtocolVersion): string | undefined {
  switch (type.name) {
    case "smallint":
      return value.length === 2 ? String(value.readInt16BE(0)) : undefined;
    case "integer":
      return value.length === 4 ? String(value.readInt32BE(0)) : undefined;
    case "bigint":
      return value.length === 8 ? String(value.readBigInt64BE(0)) : undefined;
    case "oid":
    case "xid":
      return value.length === 4 ? String(value.readUInt32BE(0)) : undefined;
    case "real":
      return value.length === 4 ? realText(value.readFloatBE(0), 1) : undefined;
    case "double precision":
      return value.length === 8 ? floatText(value.readDoubleBE(0), 1) : undefined;
    case "numeric":
      // Redshift's own form says nothing of the scale, and no driver sends it.
      return version === 2 ? undefined : postgresNumericText(value);
    case "boolean":
      return value.length === 1 ? (value[0] === 0 ? "f" : "t") : undefined;
    case "date":
    case "time":
    case "timetz":
    case "timestamp":
    case "timestamptz":
      return dateParameter(value, type);
    case "interval":
    case "interval year to month":
    case "interval day to second":
      return intervalParameter(value, type.name);
    case "varbyte":
      return `\\x${value.toString("hex")}`;
    case "array":
      return undefined;
    default:
      return textIn(value);
  }
}
