import {
  type HiveType,
  primitive,
  printHiveType,
  type StructField,
} from "../../../formats/schema/hive-type.ts";
import { widenFields } from "../../../formats/schema/widen-type.ts";
import type { Column } from "./classification.ts";

/** A column of the catalog; a type that is still open becomes a string. */
export function columnOf(field: StructField): Column {
  const settled = settle(field.type);
  const column = { name: field.name, type: printHiveType(settled) };
  return settled === field.type ? column : { ...column, inferred: field.type };
}

/** Names are lower-case, as the catalog keeps them; those that differ only in case are one column. */
export function columnsOf(fields: readonly StructField[]): readonly Column[] {
  return widenFields([], fields).map((field) => columnOf({ ...field, name: field.name.toLowerCase() }));
}

/** The same object where nothing is open. */
function settle(type: HiveType): HiveType {
  switch (type.kind) {
    case "primitive":
      return type.name === "void" ? primitive("string") : type;
    case "array": {
      const element = settle(type.element);
      return element === type.element ? type : { kind: "array", element };
    }
    case "map": {
      const [key, value] = [settle(type.key), settle(type.value)];
      return key === type.key && value === type.value ? type : { kind: "map", key, value };
    }
    case "struct": {
      // A struct without fields is no type of Hive.
      if (type.fields.length === 0) return primitive("string");
      const fields = type.fields.map((field) => {
        const settled = settle(field.type);
        return settled === field.type ? field : { ...field, type: settled };
      });
      return fields.every((field, index) => field === type.fields[index]) ? type : { kind: "struct", fields };
    }
    case "union": {
      const options = type.options.map(settle);
      return options.every((option, index) => option === type.options[index])
        ? type
        : { kind: "union", options };
    }
    default:
      return type;
  }
}
