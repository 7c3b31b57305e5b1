/** What a kernel that is handed an open log needs of it. */
export { LogFailedError } from "./errors.ts";
export type { Appended, AppendInput, Batch, Log } from "./log.ts";
export { advance, type Offset, toOffset } from "./offset.ts";
