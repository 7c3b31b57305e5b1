import { createHash, type Hash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createZstdDecompress } from "node:zlib";
import { type Extract, extract, type Header } from "tar-stream";
import { systemCode } from "../../core/errors.ts";
import {
  dataPrefix,
  digestLine,
  digestName,
  type SnapshotDigest,
  type SnapshotProgress,
} from "./archive-writer.ts";
import { isStateName } from "./contents.ts";
import { manifestName, parseManifest, type SnapshotManifest } from "./manifest.ts";
import { SnapshotError, wrongFile } from "./snapshot-error.ts";

export interface ReadArchiveOptions {
  /** Of the Millrace that reads. */
  readonly version: string;
  /** Looks at the manifest before anything is unpacked, and may refuse it by a SnapshotError. */
  readonly onManifest: (manifest: SnapshotManifest) => Promise<void> | void;
  readonly onProgress: (progress: SnapshotProgress) => void;
}

/** Of 8 MiB; a snapshot's own window is smaller, and a hostile one must not ask for gigabytes of memory. */
const maxWindowLog = 23;
const maxPathBytes = 4_096;
const maxNameBytes = 255;
const maxDepth = 64;
/** The manifest and the digest. */
const maxTextBytes = 64 * 1024;

/**
 * Unpacks a snapshot into an empty folder and checks all of it. Nothing of what was unpacked is to be used
 * unless this resolves.
 * @throws SnapshotError when it is not a whole snapshot
 */
export async function readArchive(
  source: AsyncIterable<Uint8Array>,
  into: string,
  options: ReadArchiveOptions,
): Promise<SnapshotManifest> {
  const tar = extract();
  const bytes = new WholeSource(source);
  const decompressed = createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: maxWindowLog } });
  const fed = pipeline(
    Readable.from(bytes, { objectMode: false }),
    decompressed,
    tar as Extract & NodeJS.WritableStream,
  );
  const reader = new ArchiveReader(into, options);
  const read = reader.read(tar);
  read.catch((error: Error) => tar.destroy(error));
  try {
    await Promise.all([read, fed]);
  } catch (error) {
    await Promise.allSettled([read, fed]);
    throw meaningOf(reader.failure ?? bytes.failure ?? error);
  }
  if (!bytes.isRead) throw wrongFile("something follows its end");
  return reader.finished();
}

/** What broke the snapshot, in words for whoever loads it. */
function meaningOf(error: unknown): unknown {
  const code = systemCode(error);
  if (code?.startsWith("ZSTD_error_") === true || code === "Z_BUF_ERROR" || code === "ERR_BUFFER_TOO_LARGE")
    return wrongFile("it is not compressed as snapshots are, or cut short", error);
  if (code === "ENOSPC" || code === "EDQUOT")
    return new SnapshotError("no space", "The disk is full: the snapshot was not loaded.", { cause: error });
  if (
    error instanceof Error &&
    /^(Unexpected end of data|Invalid tar header|Invalid header|Header exceeds)/.test(error.message)
  )
    return wrongFile("it is no archive, or cut short", error);
  return error;
}

/** An entry of the archive and its bytes. */
interface Entry extends AsyncIterable<unknown> {
  readonly header: Header;
  resume(): unknown;
}

/** Knows whether all of the source was read, and what became of it. */
class WholeSource {
  readonly #source: AsyncIterable<Uint8Array>;
  isRead = false;
  failure: unknown;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* this.#source;
      this.isRead = true;
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}

class ArchiveReader {
  readonly #into: string;
  readonly #options: ReadArchiveOptions;
  readonly #hash: Hash = createHash("sha256");
  #manifest: SnapshotManifest | undefined;
  #isComplete = false;
  #files = 0;
  #bytes = 0;
  #folders = 0;
  failure: unknown;

  constructor(into: string, options: ReadArchiveOptions) {
    this.#into = into;
    this.#options = options;
  }

  async read(tar: Extract): Promise<void> {
    try {
      for await (const entry of tar) await this.#take(entry);
    } catch (error) {
      if (error instanceof SnapshotError || systemCode(error) !== undefined) this.failure = error;
      throw error;
    }
  }

  /** @throws SnapshotError when the end was missing */
  finished(): SnapshotManifest {
    if (this.#manifest === undefined || !this.#isComplete) throw wrongFile("its end is missing");
    return this.#manifest;
  }

  async #take(entry: Entry): Promise<void> {
    const { name, type, size = 0 } = entry.header;
    if (this.#isComplete) throw wrongFile("something follows its end");
    if (this.#manifest === undefined) {
      if (name !== manifestName || type !== "file") throw wrongFile("its description is missing");
      const text = await textOf(entry, size);
      this.#hash.update(text);
      const manifest = parseManifest(text, this.#options.version);
      await this.#options.onManifest(manifest);
      this.#manifest = manifest;
    } else if (name === digestName && type === "file") this.#check(await textOf(entry, size), this.#manifest);
    else if (type === "directory") await this.#folder(checkedPath(name), this.#manifest);
    else if (type === "file") await this.#file(checkedPath(name), size, entry, this.#manifest);
    else throw wrongFile(`${shown(name)} is neither a file nor a folder`);
    entry.resume();
  }

  async #folder(path: string, manifest: SnapshotManifest): Promise<void> {
    this.#folders++;
    if (this.#folders > manifest.folders) throw wrongFile("it has more in it than it says");
    this.#hash.update(digestLine(path, undefined));
    await mkdir(join(this.#into, path), { mode: 0o700 }).catch(placeFailure(path));
  }

  async #file(path: string, size: number, entry: Entry, manifest: SnapshotManifest): Promise<void> {
    this.#files++;
    if (this.#files > manifest.files || this.#bytes + size > manifest.bytes)
      throw wrongFile("it has more in it than it says");
    this.#hash.update(digestLine(path, size));
    const file = createWriteStream(join(this.#into, path), { flags: "wx", mode: 0o600 });
    await pipeline(this.#hashed(entry), file).catch(placeFailure(path));
  }

  async *#hashed(entry: Entry): AsyncGenerator<Buffer, void, undefined> {
    const { bytes: totalBytes = 0, files: totalFiles = 0 } = this.#manifest ?? {};
    for await (const piece of entry) {
      const bytes = piece as Buffer;
      this.#hash.update(bytes);
      this.#bytes += bytes.length;
      yield bytes;
      this.#options.onProgress({ bytes: this.#bytes, totalBytes, files: this.#files, totalFiles });
    }
  }

  #check(text: Buffer, manifest: SnapshotManifest): void {
    const expected: SnapshotDigest = {
      files: this.#files,
      bytes: this.#bytes,
      sha256: this.#hash.digest("hex"),
    };
    if (text.toString() !== `${JSON.stringify(expected)}\n`) throw wrongFile("its content was changed");
    if (this.#files !== manifest.files || this.#bytes !== manifest.bytes)
      throw wrongFile("it has less in it than it says");
    this.#isComplete = true;
  }
}

async function textOf(entry: Entry, size: number): Promise<Buffer> {
  if (size > maxTextBytes) throw wrongFile("its description is too long");
  const pieces: Buffer[] = [];
  for await (const piece of entry) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** The path in the data directory. @throws SnapshotError when it leads elsewhere, or to what is not state */
function checkedPath(name: string): string {
  const path = name.startsWith(dataPrefix) ? name.slice(dataPrefix.length).replace(/\/$/, "") : "";
  const parts = path.split("/");
  const isSafe =
    Buffer.byteLength(path) <= maxPathBytes &&
    parts.length <= maxDepth &&
    parts.every(isSafeName) &&
    isStateName(parts[0] ?? "");
  if (!isSafe) throw wrongFile(`${shown(name)} has no place in a data directory`);
  return path;
}

/** Names that mean a file in their folder on every system. */
function isSafeName(name: string): boolean {
  return (
    name !== "" &&
    name !== "." &&
    name !== ".." &&
    Buffer.byteLength(name) <= maxNameBytes &&
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is they that are looked for.
    !/[\\\u0000-\u001f]/.test(name) &&
    (process.platform !== "win32" || !/[<>:"|?*]|[. ]$/.test(name))
  );
}

function placeFailure(path: string): (error: unknown) => never {
  return (error) => {
    const code = systemCode(error);
    if (code === "EEXIST" || code === "ENOTDIR" || code === "ENOENT" || code === "EISDIR")
      throw wrongFile(`${shown(path)} is there twice, or has no folder`, error);
    throw error;
  };
}

function shown(name: string): string {
  return JSON.stringify(name.slice(0, 200));
}

/** Makes unpacked files durable. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
