import type { Value } from "../../../../sql/flink/bound-expression.ts";
import type { IntegerMode } from "../../../../sql/flink/functions/scalar-function.ts";
import { typeText } from "../../../../sql/flink/type-text.ts";
import type { FlinkType } from "../../../../sql/flink/types.ts";
import {
  parseDate,
  parseDecimal,
  parseDouble,
  parseInteger,
  parseLong,
  parseTime,
  parseTimestamp,
  truncateTime,
} from "../../expressions/index.ts";
import type { CsvOptions } from "./csv-options.ts";

/** A field is not of its column's type. */
export class CsvFieldError extends Error {
  override readonly name = "CsvFieldError";
}

/** @throws CsvFieldError */
export type ReadCsv = (text: string) => Value;

/** How fields of a type are read, as Flink's CSV format converts. @throws TypeError for types that CSV does not have */
export function csvReader(type: FlinkType, options: CsvOptions, mode: IntegerMode): ReadCsv {
  const read = fieldReader(type, options, mode);
  return (text) => {
    if (text === options.nullLiteral) return null;
    const value = read(text);
    if (value !== undefined) return value;
    if (options.ignoreParseErrors) return null;
    throw new CsvFieldError(`'${text}' is no ${typeText({ ...type, nullable: true })}`);
  };
}

const wholeForm = /^[+-]?\d+$/;

function fieldReader(
  type: FlinkType,
  options: CsvOptions,
  mode: IntegerMode,
): (text: string) => Value | undefined {
  const whole = (read: (text: string) => Value | undefined) => (text: string) =>
    wholeForm.test(text.trim()) ? read(text) : undefined;
  switch (type.kind) {
    case "boolean":
      return (text) => text.trim().toLowerCase() === "true";
    case "tinyint":
      return whole((text) => parseInteger(text, 8));
    case "smallint":
      return whole((text) => parseInteger(text, 16));
    case "int":
    case "interval_months":
      return whole((text) => parseInteger(text, 32));
    case "bigint":
      return whole((text) => parseLong(text, mode));
    case "interval_millis":
      return whole((text) => parseLong(text, "double"));
    case "float":
    case "double":
      return (text) => {
        const value = parseDouble(text);
        return value === undefined || type.kind === "double" ? value : Math.fround(value);
      };
    case "decimal":
      return (text) => parseDecimal(text.trim(), type.precision, type.scale);
    case "char":
    case "varchar":
      return (text) => text;
    case "binary":
    case "varbinary":
      return (text) => new Uint8Array(Buffer.from(text, "base64"));
    default:
      return timeReader(type) ?? nestedReader(type, options, mode);
  }
}

function timeReader(type: FlinkType): ((text: string) => Value | undefined) | undefined {
  switch (type.kind) {
    case "date":
      return (text) => (text.includes(" ") ? undefined : parseDate(text));
    case "time":
      return (text) => {
        const value = parseTime(text);
        return value === undefined ? undefined : truncateTime(value, type.precision);
      };
    case "timestamp":
      return (text) => (text.includes(" ") ? parseTimestamp(text, type.precision) : undefined);
    case "timestamp_ltz":
      return (text) => (text.endsWith("Z") ? parseTimestamp(text.slice(0, -1), type.precision) : undefined);
    default:
      return undefined;
  }
}

/** Elements of arrays and fields of rows stand in one field, with a delimiter of their own. */
function nestedReader(type: FlinkType, options: CsvOptions, mode: IntegerMode): (text: string) => Value {
  if (type.kind === "array") {
    const element = csvReader(type.element, options, mode);
    return (text) => (text === "" ? [] : text.split(options.elementDelimiter).map(element));
  }
  if (type.kind === "row") {
    const fields = type.fields.map((field) => csvReader(field.type, options, mode));
    return (text) => {
      const parts = text.split(options.elementDelimiter);
      if (parts.length !== fields.length && !options.ignoreParseErrors) {
        throw new CsvFieldError(`'${text}' has ${parts.length} fields, not ${fields.length}`);
      }
      return fields.map((read, index) => (parts[index] === undefined ? null : read(parts[index])));
    };
  }
  throw new TypeError(`CSV has no ${typeText(type)}`);
}
