export { castFunction } from "./casts/cast-function.ts";
export { doubleText, floatText } from "./casts/java-number-text.ts";
export { parseDouble, parseInteger, parseLong } from "./casts/parse-number.ts";
export { parseDate, parseTime, parseTimestamp, truncateTime } from "./casts/parse-time.ts";
export { clockText, DayText, dateText, shortFraction } from "./casts/time-text.ts";
export { toText } from "./casts/to-text.ts";
export {
  type CompileContext,
  type CompiledCalc,
  type CompiledJoinCondition,
  type CompiledPredicate,
  compileCalc,
  compileColumn,
  compileJoinCondition,
  compilePredicate,
  compileValue,
} from "./compile.ts";
export { decimalText, parseDecimal } from "./decimal.ts";
export { doubleOf } from "./exact-integers.ts";
export { inMode } from "./literal-value.ts";
