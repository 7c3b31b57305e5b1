import type { ByteSource } from "./byte-source.ts";
import { UndecodableError } from "./undecodable.ts";

/** Where the only file of an archive lies. */
export interface ZipEntry {
  readonly offset: number;
  readonly stored: boolean;
  /** Bytes of a stored file. */
  readonly storedBytes: number;
}

const localHeaderBytes = 30;
const endRecordBytes = 22;

/** A comment can follow the end record; this much of one is looked through. */
const searchedCommentBytes = 4_096;

const methods = { stored: 0, deflate: 8 } as const;

/**
 * Finds the file in an archive of one file, which is all that Glue classifies
 * (AWS Glue Developer Guide, "Built-in classifiers").
 *
 * local header := "PK" 3 4, version:2, flags:2, method:2, time:2, date:2, crc:4, compressed size:4, size:4,
 *                 name length:2, extra length:2, name, extra, data
 * end record   := "PK" 5 6, disk:2, disk:2, entries here:2, entries:2, ...
 */
export async function readZipEntry(source: ByteSource, head: Buffer): Promise<ZipEntry> {
  if (head.length < localHeaderBytes)
    throw new UndecodableError("corrupt", "The zip archive ends too early.");
  const flags = head.readUInt16LE(6);
  const method = head.readUInt16LE(8);
  if ((flags & 1) !== 0) throw new UndecodableError("unsupported", "The zip archive is encrypted.");
  if (method !== methods.stored && method !== methods.deflate) {
    throw new UndecodableError("unsupported", `Millrace does not read zip's compression method ${method}.`);
  }
  const entries = await countEntries(source);
  if (entries !== 1) {
    const holds = `The zip archive holds ${entries} files`;
    throw new UndecodableError("unsupported", `${holds}; only archives of a single file are read.`);
  }
  const stored = method === methods.stored;
  if (stored && (flags & 8) !== 0) {
    throw new UndecodableError("unsupported", "The zip archive does not say how long its file is.");
  }
  const offset = localHeaderBytes + head.readUInt16LE(26) + head.readUInt16LE(28);
  return { offset, stored, storedBytes: head.readUInt32LE(18) };
}

async function countEntries(source: ByteSource): Promise<number> {
  const start = Math.max(0, source.sizeBytes - endRecordBytes - searchedCommentBytes);
  const tail = await source.read(start, source.sizeBytes);
  const at = tail.lastIndexOf(Buffer.from("PK\u0005\u0006", "latin1"));
  if (at === -1 || at + endRecordBytes > tail.length) {
    throw new UndecodableError("corrupt", "The zip archive has no directory: it was cut off.");
  }
  return tail.readUInt16LE(at + 10);
}
