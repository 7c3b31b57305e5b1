import type { OpenFile } from "../../core/open-file.ts";

/**
 * All file access of the object store but SQLite's goes through here, so that tests can fill the disk,
 * shorten writes and fail syncs.
 */
export interface ObjectFiles {
  /** `create` needs that there is no such file, `read` that there is one, `update` takes either. */
  open(path: string, mode: "create" | "update" | "read"): Promise<ObjectFile>;
  /** The names in a directory, sorted; none when it does not exist. */
  names(directory: string): Promise<readonly string[]>;
  makeDirectory(directory: string): Promise<void>;
  /** Removes an empty directory; one that is not empty, or is not there, is left alone. */
  removeDirectory(directory: string): Promise<void>;
  /** Removes a file; it is no error when there is none. */
  remove(path: string): Promise<void>;
  /** Makes created and removed names durable. */
  syncDirectory(directory: string): Promise<void>;
}

export type ObjectFile = Omit<OpenFile, "size">;
