import type { DataType } from "../flink/ast/data-type.ts";
import { dataTypeText } from "../flink/format/type-text.ts";
import { parseDataType } from "../flink/parser/flink-parser.ts";
import { SqlError } from "../sql-error.ts";

/** A type of the retired dialect in Flink's text: times have milliseconds, and every column may be NULL. */
export function flinkTypeText(type: DataType): string {
  if (type.kind !== "simple-type") {
    return dataTypeText({ ...type, nullable: true });
  }
  const isTime = type.name === "timestamp" && type.precision === undefined;
  const isOpenText = (type.name === "varchar" || type.name === "varbinary") && type.precision === undefined;
  if (isOpenText) {
    return type.name === "varchar" ? "STRING" : "BYTES";
  }
  return dataTypeText({ ...type, nullable: true, precision: isTime ? 3 : type.precision });
}

/** The type of a column of an input, as SqlType says it. @throws SqlError naming the column */
export function sqlTypeOf(sqlType: string, column: string): DataType {
  let type: DataType;
  try {
    type = parseDataType(sqlType);
  } catch (error) {
    throw new SqlError("42601", `column "${column}": SqlType ${sqlType} is no type`, { cause: error });
  }
  if (type.kind !== "simple-type") {
    throw new SqlError("0A000", `column "${column}": SqlType ${sqlType} is not supported`);
  }
  return type;
}

/** Whether values come as texts in several forms, which a cast takes and a format does not. */
export const isTimeType = (type: DataType): boolean =>
  type.kind === "simple-type" && (type.name === "timestamp" || type.name === "date" || type.name === "time");
