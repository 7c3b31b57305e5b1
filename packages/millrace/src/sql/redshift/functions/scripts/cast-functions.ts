import { SqlError } from "../../../sql-error.ts";
import type { TypeName } from "../../types.ts";
import { dateTimeError, parseBoolean } from "../cast-literals.ts";
import { DateTimeInputError, isoDate, isoTime, parseDateTime, parseTime } from "../datetime-input.ts";
import { parseInterval } from "../interval-input.ts";
import { type EngineFunction, engineFunction } from "./engine-function.ts";
import { intervalText } from "./interval-text.ts";
import { floatText } from "./number-text.ts";
import { zoneName } from "./zone-names.ts";

/** Runs a parser of dates; what it cannot read becomes the SQL error that names the type. */
function reading<Result>(text: string, type: TypeName, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof DateTimeInputError) throw dateTimeError(text, { name: type }, error.reason);
    throw error;
  }
}

function timestampText(text: string): string {
  const input = parseDateTime(text);
  const date = isoDate(input);
  const era = date.endsWith(")") ? " (BC)" : "";
  return `${date.replace(" (BC)", "")} ${isoTime(input.microseconds ?? 0)}${era}`;
}

function booleanOf(text: string): boolean {
  const value = parseBoolean(text);
  if (value === undefined) throw new SqlError("22P02", `invalid input syntax for type boolean: "${text}"`);
  return value;
}

function intervalParts(text: string): string {
  const { months, days, microseconds } = parseInterval(text);
  return `${months} months ${days} days ${microseconds} microseconds`;
}

/** The zone of a timestamp's text as the engine names it, empty without one. */
function timestampZone(text: string): string {
  const { zone } = parseDateTime(text);
  return zone === undefined ? "" : /^[+-]/.test(zone) ? zone : zoneName(zone);
}

function timeText(text: string, zoned: boolean): string {
  const { microseconds, zone } = parseTime(text);
  if (!zoned) return isoTime(microseconds);
  return `${isoTime(microseconds)}${zone !== undefined && /^[+-]/.test(zone) ? zone : "+00:00"}`;
}

export const castFunctions: readonly EngineFunction[] = Object.freeze([
  engineFunction("double_text", ["DOUBLE"], "VARCHAR", (value: number) => floatText(value, 15)),
  engineFunction("real_text", ["DOUBLE"], "VARCHAR", (value: number) => floatText(value, 6)),
  engineFunction("interval_text", ["BIGINT", "BIGINT", "BIGINT"], "VARCHAR", intervalText),
  engineFunction("parse_date", ["VARCHAR"], "VARCHAR", (text: string) =>
    reading(text, "date", () => isoDate(parseDateTime(text))),
  ),
  engineFunction("parse_timestamp", ["VARCHAR", "VARCHAR"], "VARCHAR", (text: string, type: string) =>
    reading(text, type as TypeName, () => timestampText(text)),
  ),
  engineFunction("timestamp_zone", ["VARCHAR"], "VARCHAR", (text: string) =>
    reading(text, "timestamptz", () => timestampZone(text)),
  ),
  engineFunction("parse_time", ["VARCHAR", "VARCHAR"], "VARCHAR", (text: string, type: string) =>
    reading(text, type as TypeName, () => timeText(text, type === "timetz")),
  ),
  engineFunction("parse_boolean", ["VARCHAR"], "BOOLEAN", booleanOf),
  engineFunction("parse_interval", ["VARCHAR"], "VARCHAR", intervalParts),
  engineFunction("zone", ["VARCHAR"], "VARCHAR", zoneName),
]);
