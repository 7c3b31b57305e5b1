import type { DataType, FieldDefinition, IntervalUnit } from "../ast/data-type.ts";
import { literalText, nameText, pathText } from "./text-writer.ts";

/** A type as it may stand in Flink SQL. */
export const dataTypeText = (type: DataType): string =>
  type.nullable ? baseText(type) : `${baseText(type)} NOT NULL`;

function baseText(type: DataType): string {
  switch (type.kind) {
    case "simple-type": {
      const numbers = [type.precision, type.scale].filter((number) => number !== undefined);
      const name = type.name === "timestamp_tz" ? "TIMESTAMP" : type.name.toUpperCase();
      const zone = type.name === "timestamp_tz" ? " WITH TIME ZONE" : "";
      return `${name}${numbers.length === 0 ? "" : `(${numbers.join(", ")})`}${zone}`;
    }
    case "interval-type":
      return `INTERVAL ${unitText(type.unit)}`;
    case "collection-type":
      return `${type.collection.toUpperCase()}<${dataTypeText(type.element)}>`;
    case "map-type":
      return `MAP<${dataTypeText(type.key)}, ${dataTypeText(type.value)}>`;
    case "row-type": {
      const fields = type.fields.map(fieldText);
      return type.className === undefined
        ? `ROW<${fields.join(", ")}>`
        : `STRUCTURED<${[literalText(type.className), ...fields].join(", ")}>`;
    }
    case "raw-type":
      return `RAW(${literalText(type.className)}, ${literalText(type.serializer)})`;
    case "named-type":
      return pathText(type.name);
  }
}

const fieldText = ({ name, type, comment }: FieldDefinition): string =>
  `${nameText(name)} ${dataTypeText(type)}${comment === undefined ? "" : ` ${literalText(comment)}`}`;

/** `DAY(2) TO SECOND(3)` */
export function unitText({ from, precision, to, fraction }: IntervalUnit): string {
  const first = from.toUpperCase();
  if (to === undefined) {
    const numbers = [precision, fraction].filter((number) => number !== undefined);
    return numbers.length === 0 ? first : `${first}(${numbers.join(", ")})`;
  }
  const second = `${to.toUpperCase()}${fraction === undefined ? "" : `(${fraction})`}`;
  return `${first}${precision === undefined ? "" : `(${precision})`} TO ${second}`;
}
