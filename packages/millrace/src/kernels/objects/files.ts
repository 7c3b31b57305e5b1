/**
 * All file access of the object store but SQLite's goes through here, so that tests can fill the disk,
 * shorten writes and fail syncs. Reads and writes may be short, as the system calls may; callers loop.
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

export interface ObjectFile {
  /** Returns how many bytes were read: 0 at the end of the file. */
  read(into: Uint8Array, position: number): Promise<number>;
  /** Returns how many bytes were written; a plain number when the write did not have to wait. */
  writev(parts: readonly Uint8Array[], position: number): number | Promise<number>;
  datasync(): Promise<void>;
  truncate(bytes: number): Promise<void>;
  close(): Promise<void>;
}

/** Writes every byte, whatever the file takes at a time. */
export async function writeFully(
  file: ObjectFile,
  parts: readonly Uint8Array[],
  position: number,
): Promise<void> {
  let left = parts;
  let at = position;
  while (left.length > 0) {
    const result = file.writev(left.length > maxVectors ? left.slice(0, maxVectors) : left, at);
    const written = typeof result === "number" ? result : await result;
    at += written;
    left = withoutFirst(left, written);
  }
}

/** IOV_MAX of Linux and macOS. */
const maxVectors = 1024;

/** What remains of `parts` after the first `bytes` were written. */
function withoutFirst(parts: readonly Uint8Array[], bytes: number): readonly Uint8Array[] {
  let skipped = bytes;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (part === undefined) break;
    if (skipped < part.byteLength) return [part.subarray(skipped), ...parts.slice(i + 1)];
    skipped -= part.byteLength;
  }
  return [];
}
