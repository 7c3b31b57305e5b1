import fs from "node:fs";
import { systemCode } from "./errors.ts";

/** An open file. Reads and writes may be short, as the system calls may; callers loop. */
export interface OpenFile {
  size(): Promise<number>;
  /** Returns how many bytes were read: 0 at the end of the file. */
  read(into: Uint8Array, position: number): Promise<number>;
  /** Returns how many bytes were written; a plain number when the write did not have to wait. */
  writev(parts: readonly Uint8Array[], position: number): number | Promise<number>;
  datasync(): Promise<void>;
  truncate(bytes: number): Promise<void>;
  close(): Promise<void>;
}

/** @param flags as of open(2): text or a combination of `fs.constants`. @param mode of a file that is made. */
export function openFile(path: string, flags: string | number, mode: number): Promise<OpenFile> {
  return new Promise((resolve, reject) => {
    fs.open(path, flags, mode, (error, fd) => (error ? reject(error) : resolve(new NodeFile(fd))));
  });
}

/** Reads until `length` bytes or the end of the file. */
export async function readFully(
  file: Pick<OpenFile, "read">,
  position: number,
  length: number,
): Promise<Buffer> {
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
  file: Pick<OpenFile, "writev">,
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

/** The names in a directory, sorted; none when it does not exist. */
export async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return (await fs.promises.readdir(directory)).sort();
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  }
}

/** Makes created, renamed and removed names durable. */
export async function syncDirectory(directory: string): Promise<void> {
  // Windows has no handle of a directory to sync; NTFS journals names by itself.
  if (process.platform === "win32") return;
  const handle = await fs.promises.open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes up to this size go to the page cache in the calling thread: measured faster than a thread-pool
 * round trip, and too short to be felt. Bigger ones leave the event loop free.
 */
const maxDirectWriteBytes = 64 * 1024;

/** By callbacks: about half the cost of FileHandle on the append path. */
class NodeFile implements OpenFile {
  readonly #fd: number;

  constructor(fd: number) {
    this.#fd = fd;
  }

  size(): Promise<number> {
    return new Promise((resolve, reject) => {
      fs.fstat(this.#fd, (error, stats) => (error ? reject(error) : resolve(stats.size)));
    });
  }

  read(into: Uint8Array, position: number): Promise<number> {
    return new Promise((resolve, reject) => {
      fs.read(this.#fd, into, 0, into.byteLength, position, (error, bytes) =>
        error ? reject(error) : resolve(bytes),
      );
    });
  }

  writev(parts: readonly Uint8Array[], position: number): number | Promise<number> {
    let bytes = 0;
    for (const part of parts) bytes += part.byteLength;
    if (bytes <= maxDirectWriteBytes) return fs.writevSync(this.#fd, parts, position);
    return new Promise((resolve, reject) => {
      fs.writev(this.#fd, parts, position, (error, written) => (error ? reject(error) : resolve(written)));
    });
  }

  datasync(): Promise<void> {
    return new Promise((resolve, reject) => {
      fs.fdatasync(this.#fd, (error) => (error ? reject(error) : resolve()));
    });
  }

  truncate(bytes: number): Promise<void> {
    return new Promise((resolve, reject) => {
      fs.ftruncate(this.#fd, bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  close(): Promise<void> {
    return new Promise((resolve, reject) => {
      fs.close(this.#fd, (error) => (error ? reject(error) : resolve()));
    });
  }
}
