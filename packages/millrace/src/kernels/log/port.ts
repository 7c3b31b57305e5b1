/** What a kernel that is handed an open log needs of it. */
export {
  CorruptionError,
  LogBusyError,
  LogClosedError,
  LogError,
  LogFailedError,
  LogFullError,
  OffsetOutOfRangeError,
} from "./errors.ts";
export type { Appended, AppendInput, Batch, Log, ReadLimits } from "./log.ts";
export { advance, type Offset, toOffset } from "./offset.ts";
