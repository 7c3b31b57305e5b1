import type { OpenFile } from "../../core/open-file.ts";

/**
 * All file access of the log kernel goes through here, so that tests can fill the disk, shorten writes and
 * fail syncs.
 */
export interface LogFiles {
  /** `create` empties what is there, `update` and `read` need the file to exist. */
  open(path: string, mode: "create" | "update" | "read"): Promise<OpenFile>;
  /** The names in a directory, sorted; none when it does not exist. */
  names(directory: string): Promise<readonly string[]>;
  makeDirectory(directory: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; it is no error when there is none. */
  remove(path: string): Promise<void>;
  removeTree(directory: string): Promise<void>;
  /** Makes created, renamed and removed names durable. */
  syncDirectory(directory: string): Promise<void>;
}
