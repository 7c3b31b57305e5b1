import type {
  DataType,
  IntervalDataType,
  IntervalUnit,
  RowDataType,
  SimpleDataType,
} from "../ast/data-type.ts";
import { typeText } from "../type-text.ts";
import type { FlinkType, RowField, TimeType } from "../types.ts";
import { maxLength } from "../types.ts";
import { elsewhere, invalid } from "./bind-error.ts";

/** Digits of a second's fraction that values can hold. */
const maxTimePrecision = 6;
const maxDecimalDigits = 38;

/** A written type. @throws SqlError for one that does not exist, or is not there */
export function flinkType(type: DataType): FlinkType {
  switch (type.kind) {
    case "simple-type":
      return simpleType(type);
    case "interval-type":
      return { kind: intervalKind(type.unit, type), nullable: type.nullable };
    case "collection-type":
      return { kind: type.collection, element: flinkType(type.element), nullable: type.nullable };
    case "map-type":
      return {
        kind: "map",
        key: flinkType(type.key),
        value: flinkType(type.value),
        nullable: type.nullable,
      };
    case "row-type":
      return rowType(type);
    case "raw-type":
      throw elsewhere("the type RAW", type.span.start);
    case "named-type": {
      const name = type.name.parts.map((part) => part.name).join(".");
      throw invalid(`there is no type '${name}'`, type.span.start, "42704");
    }
  }
}

function simpleType(type: SimpleDataType): FlinkType {
  const { nullable } = type;
  switch (type.name) {
    case "string":
      return { kind: "varchar", length: maxLength, nullable };
    case "bytes":
      return { kind: "varbinary", length: maxLength, nullable };
    case "char":
    case "varchar":
    case "binary":
    case "varbinary":
      return { kind: type.name, length: lengthOf(type), nullable };
    case "decimal":
      return decimalType(type);
    case "time":
      return timeType(type, "time", 0);
    case "timestamp":
    case "timestamp_ltz":
      return timeType(type, type.name, maxTimePrecision);
    case "timestamp_tz":
      throw elsewhere("the type TIMESTAMP WITH TIME ZONE", type.span.start);
    case "variant":
      throw elsewhere("the type VARIANT", type.span.start);
    case "null":
      return { kind: "null", nullable: true };
    default:
      return { kind: type.name, nullable };
  }
}

/** VARCHAR without a length is STRING, and VARBINARY is BYTES. */
function lengthOf(type: SimpleDataType): number {
  const usual = type.name === "varchar" || type.name === "varbinary" ? maxLength : 1;
  const length = type.precision ?? usual;
  if (length < 1 || length > maxLength) {
    throw invalid(
      `the length of ${type.name.toUpperCase()} must be between 1 and ${maxLength}, not ${length}`,
      type.span.start,
    );
  }
  return length;
}

function decimalType(type: SimpleDataType): FlinkType {
  const precision = type.precision ?? 10;
  const scale = type.scale ?? 0;
  if (precision < 1 || precision > maxDecimalDigits) {
    throw invalid(`the precision of DECIMAL must be between 1 and 38, not ${precision}`, type.span.start);
  }
  if (scale > precision) {
    throw invalid(
      `the scale of DECIMAL must be between 0 and its precision, which is ${precision}, not ${scale}`,
      type.span.start,
    );
  }
  return { kind: "decimal", precision, scale, nullable: type.nullable };
}

function timeType(type: SimpleDataType, kind: TimeType["kind"], usual: number): FlinkType {
  const precision = type.precision ?? usual;
  if (precision > 9) {
    throw invalid(
      `the precision of ${kind.toUpperCase()} must be between 0 and 9, not ${precision}`,
      type.span.start,
    );
  }
  if (precision > maxTimePrecision) {
    throw elsewhere(
      `the precision of ${typeText({ kind, precision, nullable: true })}, which is above microseconds,`,
      type.span.start,
    );
  }
  return { kind, precision, nullable: type.nullable };
}

function rowType(type: RowDataType): FlinkType {
  if (type.className !== undefined) {
    throw elsewhere("the type STRUCTURED", type.span.start);
  }
  const names = new Set<string>();
  const fields: RowField[] = [];
  for (const field of type.fields) {
    if (names.has(field.name.name)) {
      throw invalid(`the field '${field.name.name}' is there twice in a ROW`, field.name.span.start, "42701");
    }
    names.add(field.name.name);
    fields.push({ name: field.name.name, type: flinkType(field.type) });
  }
  return { kind: "row", fields, nullable: type.nullable };
}

const monthUnits: readonly string[] = ["year", "quarter", "month"];

/** Which of the two kinds of intervals has this unit. */
export function intervalKind(
  unit: IntervalUnit,
  at: Pick<IntervalDataType, "span">,
): "interval_months" | "interval_millis" {
  if (monthUnits.includes(unit.from)) {
    if (unit.to !== undefined && !monthUnits.includes(unit.to)) {
      throw invalid("an interval of years and months has no days and no times", at.span.start);
    }
    return "interval_months";
  }
  return "interval_millis";
}
