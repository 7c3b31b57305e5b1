import { inflateRawSync } from "node:zlib";

export interface ArchiveFile {
  readonly name: string;
  read(): Buffer;
}

/** Not a zip archive, or a kind of it that is not read. */
export class ArchiveError extends Error {
  override readonly name = "ArchiveError";
}

const endSignature = 0x0605_4b50;
const entrySignature = 0x0201_4b50;
const localSignature = 0x0403_4b50;
const endBytes = 22;
const entryBytes = 46;
const localBytes = 30;
const maxCommentBytes = 65_535;
const maxEntries = 100_000;

/**
 * The files in an archive, by its central directory.
 *
 *   archive := local*, entry*, end
 *   end     := "PK" 5 6, disk:2, disk:2, entries here:2, entries:2, directory bytes:4, directory offset:4, comment:2
 *   entry   := "PK" 1 2, made by:2, needs:2, flags:2, method:2, time:4, crc:4, compressed:4, size:4, name length:2,
 *              extra length:2, comment length:2, disk:2, attributes:6, local offset:4, name, extra, comment
 *   local   := "PK" 3 4, needs:2, flags:2, method:2, time:4, crc:4, compressed:4, size:4, name length:2,
 *              extra length:2, name, extra, data
 *
 * @param maxBytes of one file, uncompressed
 * @throws ArchiveError
 */
export function filesOfArchive(archive: Buffer, maxBytes: number): readonly ArchiveFile[] {
  try {
    return entriesOf(archive, maxBytes);
  } catch (error) {
    // Everything that reads behind the end means the same.
    if (error instanceof RangeError) throw new ArchiveError("The archive is damaged.");
    throw error;
  }
}

function entriesOf(archive: Buffer, maxBytes: number): readonly ArchiveFile[] {
  const end = endOf(archive);
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  const files: ArchiveFile[] = [];
  for (let index = 0; index < Math.min(count, maxEntries); index++) {
    if (archive.readUInt32LE(at) !== entrySignature) throw new ArchiveError("The archive is damaged.");
    const nameBytes = archive.readUInt16LE(at + 28);
    const name = archive.toString("utf8", at + entryBytes, at + entryBytes + nameBytes);
    const entry = {
      flags: archive.readUInt16LE(at + 8),
      method: archive.readUInt16LE(at + 10),
      compressed: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      offset: archive.readUInt32LE(at + 42),
    };
    if (!name.endsWith("/")) files.push({ name, read: () => contentOf(archive, name, entry, maxBytes) });
    at += entryBytes + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

function endOf(archive: Buffer): number {
  const first = Math.max(0, archive.length - endBytes - maxCommentBytes);
  for (let at = archive.length - endBytes; at >= first; at--)
    if (archive.readUInt32LE(at) === endSignature) return at;
  throw new ArchiveError("The object is not a zip archive.");
}

interface Entry {
  readonly flags: number;
  readonly method: number;
  readonly compressed: number;
  readonly size: number;
  readonly offset: number;
}

function contentOf(archive: Buffer, name: string, entry: Entry, maxBytes: number): Buffer {
  const { flags, method, compressed, size, offset } = entry;
  if ((flags & 1) !== 0) throw new ArchiveError(`${name} is encrypted.`);
  if (size > maxBytes) throw new ArchiveError(`${name} has ${size} bytes; ${maxBytes} are allowed.`);
  try {
    if (archive.readUInt32LE(offset) !== localSignature) throw new RangeError("no local header");
    const start = offset + localBytes + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
    const data = archive.subarray(start, start + compressed);
    if (data.length !== compressed) throw new RangeError("cut off");
    if (method === 0) return Buffer.from(data);
    if (method === 8) return inflateRawSync(data, { maxOutputLength: maxBytes });
  } catch (error) {
    throw new ArchiveError(`${name} cannot be read: the archive is damaged.`, { cause: error });
  }
  throw new ArchiveError(`${name} is compressed with the method ${method}, which is not read.`);
}
