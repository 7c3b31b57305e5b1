export type { SqlType, TypeName } from "../../../sql/redshift/types.ts";
export { SqlError } from "../../../sql/sql-error.ts";
export {
  dateText,
  type IntervalParts,
  intervalMicros,
  intervalText,
  timestampText,
  timeText,
  timeTzText,
} from "./date-text.ts";
export { type EngineColumn, type EngineLibrary, engineColumn, engineTypeIds } from "./engine-types.ts";
export { exactTypes } from "./exact-types.ts";
export { floatText, realText } from "./number-text.ts";
export { defaultTextStyle, type TextStyle, textOf } from "./text-of.ts";
export { ZoneOffsets } from "./zone-offsets.ts";
