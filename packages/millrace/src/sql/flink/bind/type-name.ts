import { parseDataType } from "../parser/flink-parser.ts";
import type { FlinkType } from "../types.ts";
import { flinkType } from "./data-type.ts";

/** A type in a text of its own, such as `TIMESTAMP_LTZ(3) NOT NULL`. @throws SqlError */
export function parseTypeText(text: string): FlinkType {
  return flinkType(parseDataType(text));
}
