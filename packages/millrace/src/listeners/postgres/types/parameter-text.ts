import { SqlError, type SqlType } from "../../../kernels/warehouse/values/index.ts";
import type { Format, ProtocolVersion } from "../rows/row-description.ts";

/** @throws SqlError 22021, 22P03 */
export function parameterText(
  value: Buffer,
  type: SqlType,
  format: Format,
  _version: ProtocolVersion,
  index: number,
): string {
  if (format === "text") return value.toString("utf8");
  throw new SqlError("0A000", `binary ${type.name} for parameter ${index}`);
}
