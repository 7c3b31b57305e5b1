export {
  CorruptionError,
  LogBusyError,
  LogCipherError,
  LogClosedError,
  LogError,
  LogFailedError,
  LogFullError,
  LogInputError,
  LogLockedError,
  LogSealedError,
  OffsetOutOfRangeError,
} from "./errors.ts";
export { logLimits } from "./limits.ts";
export type {
  Appended,
  AppendInput,
  Batch,
  Durability,
  Log,
  LogInfo,
  ReadLimits,
  Retention,
} from "./log.ts";
export type { LogOptions } from "./log-options.ts";
export { LogStore, type LogStoreParts } from "./log-store.ts";
export { advance, isOffset, type Offset, toOffset } from "./offset.ts";
export type { CorruptionReport } from "./quarantine.ts";
export type { SegmentCipher } from "./segment-cipher.ts";
export type { TimeKind } from "./segment-index.ts";
