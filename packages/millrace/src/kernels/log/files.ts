/**
 * All file access of the log kernel goes through here, so that tests can fill the disk, shorten writes and
 * fail syncs. Reads and writes may be short, as the system calls may; callers loop.
 */
export interface LogFiles {
  /** `create` empties what is there, `update` and `read` need the file to exist. */
  open(path: string, mode: "create" | "update" | "read"): Promise<LogFile>;
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

export interface LogFile {
  size(): Promise<number>;
  /** Returns how many bytes were read: 0 at the end of the file. */
  read(into: Uint8Array, position: number): Promise<number>;
  /** Returns how many bytes were written; a plain number when the write did not have to wait. */
  writev(parts: readonly Uint8Array[], position: number): number | Promise<number>;
  datasync(): Promise<void>;
  truncate(bytes: number): Promise<void>;
  close(): Promise<void>;
}

/** Reads until `length` bytes or the end of the file. */
export async function readFully(file: LogFile, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const got = await file.read(filled === 0 ? buffer : buffer.subarray(filled), position + filled);
    if (got === 0) break;
    filled += got;
  }
  return filled === length ? buffer : buffer.subarray(0, filled);
}

/** Writes every byte, whatever the file takes at a time. */
export async function writeFully(
  file: LogFile,
  parts: readonly Uint8Array[],
  position: number,
): Promise<void> {
  let left = parts;
  let at = position;
  while (left.length > 0) {
    const result = file.writev(left, at);
    const written = typeof result === "number" ? result : await result;
    at += written;
    left = withoutFirst(left, written);
  }
}

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
