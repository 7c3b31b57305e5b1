import type { Field, FlinkType } from "./types.ts";
import { maxLength } from "./types.ts";

/** The type as Flink prints it: ``ROW<`a` INT NOT NULL, `b` STRING>``. */
export function typeText(type: FlinkType): string {
  const text = nullableText(type);
  return type.nullable || type.kind === "null" ? text : `${text} NOT NULL`;
}

/** The type of a column as DESCRIBE shows it: `TIMESTAMP(3) *ROWTIME*`. */
export function fieldTypeText(field: Field): string {
  if (field.time === undefined) {
    return typeText(field.type);
  }
  const attribute = field.time === "rowtime" ? "*ROWTIME*" : "*PROCTIME*";
  return `${nullableText(field.type)}${field.type.nullable ? "" : " NOT NULL"} ${attribute}`;
}

function nullableText(type: FlinkType): string {
  switch (type.kind) {
    case "char":
    case "binary":
      return `${type.kind.toUpperCase()}(${type.length})`;
    case "varchar":
      return type.length === maxLength ? "STRING" : `VARCHAR(${type.length})`;
    case "varbinary":
      return type.length === maxLength ? "BYTES" : `VARBINARY(${type.length})`;
    case "decimal":
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case "time":
    case "timestamp":
    case "timestamp_ltz":
      return `${type.kind.toUpperCase()}(${type.precision})`;
    case "interval_months":
      return "INTERVAL YEAR TO MONTH";
    case "interval_millis":
      return "INTERVAL DAY TO SECOND(3)";
    case "array":
    case "multiset":
      return `${type.kind.toUpperCase()}<${typeText(type.element)}>`;
    case "map":
      return `MAP<${typeText(type.key)}, ${typeText(type.value)}>`;
    case "row":
      return `ROW<${type.fields.map((field) => `${quoted(field.name)} ${typeText(field.type)}`).join(", ")}>`;
    default:
      return type.kind.toUpperCase();
  }
}

/** A name in backquotes. */
export function quoted(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}
