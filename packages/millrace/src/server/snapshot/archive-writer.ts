import { createHash, type Hash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress } from "node:zlib";
import { type Header, type Pack, pack } from "tar-stream";
import { type StateEntry, stateEntries } from "./contents.ts";
import { manifestName, type SnapshotManifest } from "./manifest.ts";

/*
 * Snapshot => Zstandard(Tar)
 * Tar      => Manifest Entry* Digest
 * Manifest => file "millrace-snapshot.json"
 * Entry    => folder or file "data/" path-in-the-data-directory
 * Digest   => file "millrace-digest.json" { files, bytes, sha256 }
 *
 * The SHA-256 is that of the manifest's bytes and then, for each entry, of the line `path NUL size LF` (a
 * folder's size is "-") and its bytes. It comes last, so that files are read once; a file without it is cut short.
 */
export const dataPrefix = "data/";
export const digestName = "millrace-digest.json";

export interface SnapshotProgress {
  readonly bytes: number;
  readonly totalBytes: number;
  readonly files: number;
  readonly totalFiles: number;
}

/** What comes last in a snapshot. */
export interface SnapshotDigest {
  readonly files: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Files up to this size are read at once. */
const maxWholeBytes = 1024 * 1024;
const pieceBytes = 256 * 1024;
/** Fast, and within a few percent of what higher levels make of Parquet, logs and SQLite. */
const compressionLevel = 3;

/** The line that stands for an entry in the digest. */
export function digestLine(path: string, bytes: number | undefined): string {
  return `${path}\0${bytes ?? "-"}\n`;
}

/** Writes the state of a data directory that nobody changes meanwhile into a new file, durably. */
export async function writeArchive(
  directory: string,
  file: string,
  manifest: SnapshotManifest,
  onProgress: (progress: SnapshotProgress) => void,
): Promise<void> {
  const tar = pack();
  const params = {
    [constants.ZSTD_c_compressionLevel]: compressionLevel,
    [constants.ZSTD_c_checksumFlag]: 1,
  };
  const written = pipeline(
    Readable.from(tar),
    createZstdCompress({ params }),
    createWriteStream(file, { flags: "wx", mode: 0o600 }),
  );
  const packed = new ArchiveWriter(directory, tar, manifest, onProgress).write();
  packed.catch((error: Error) => tar.destroy(error));
  await Promise.all([packed, written]);
  const synced = await open(file, "r+");
  try {
    await synced.sync();
  } finally {
    await synced.close();
  }
}

type EntryHeader = Partial<Header> & Pick<Header, "name">;

class ArchiveWriter {
  readonly #directory: string;
  readonly #tar: Pack;
  readonly #manifest: SnapshotManifest;
  readonly #onProgress: (progress: SnapshotProgress) => void;
  readonly #hash: Hash = createHash("sha256");
  #files = 0;
  #bytes = 0;

  constructor(
    directory: string,
    tar: Pack,
    manifest: SnapshotManifest,
    onProgress: (progress: SnapshotProgress) => void,
  ) {
    this.#directory = directory;
    this.#tar = tar;
    this.#manifest = manifest;
    this.#onProgress = onProgress;
  }

  async write(): Promise<void> {
    const described = Buffer.from(`${JSON.stringify(this.#manifest, undefined, 2)}\n`);
    this.#hash.update(described);
    await this.#entry({ name: manifestName }, described);
    for await (const entry of stateEntries(this.#directory)) {
      if (entry.isDirectory) await this.#folder(entry);
      else await this.#file(entry);
    }
    const digest: SnapshotDigest = {
      files: this.#files,
      bytes: this.#bytes,
      sha256: this.#hash.digest("hex"),
    };
    await this.#entry({ name: digestName }, Buffer.from(`${JSON.stringify(digest)}\n`));
    this.#tar.finalize();
  }

  async #folder({ path, modifiedMs }: StateEntry): Promise<void> {
    this.#hash.update(digestLine(path, undefined));
    await this.#entry({
      ...{ name: dataPrefix + path, type: "directory" as const, mode: 0o700 },
      mtime: new Date(modifiedMs),
    });
  }

  async #file({ path, bytes, modifiedMs }: StateEntry): Promise<void> {
    this.#hash.update(digestLine(path, bytes));
    const source = join(this.#directory, path);
    const header = { name: dataPrefix + path, mode: 0o600, mtime: new Date(modifiedMs) };
    if (bytes > maxWholeBytes) await this.#long(source, { ...header, size: bytes });
    else {
      const content = (await readFile(source)).subarray(0, bytes);
      if (content.length < bytes) throw shortened(source);
      this.#hash.update(content);
      await this.#entry(header, content);
      this.#advance(bytes);
    }
    this.#files++;
    this.#advance(0);
  }

  /** A file in pieces. */
  async #long(source: string, header: EntryHeader & { readonly size: number }): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const entry = this.#tar.entry(header, (error) => (error ? reject(error) : resolve()));
    // Whoever waits for the entry hears of its failure.
    promise.catch(() => {});
    let read = 0;
    for await (const piece of createReadStream(source, { end: header.size - 1, highWaterMark: pieceBytes })) {
      const bytes = piece as Buffer;
      this.#hash.update(bytes);
      read += bytes.length;
      if (!entry.write(bytes)) await Promise.race([once(entry, "drain"), promise]);
      this.#advance(bytes.length);
    }
    if (read < header.size) throw shortened(source);
    entry.end(null);
    await promise;
  }

  #entry(header: EntryHeader, content?: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (error?: Error | null): void => (error ? reject(error) : resolve());
      if (content === undefined) this.#tar.entry(header, done);
      else this.#tar.entry(header, content, done);
    });
  }

  #advance(bytes: number): void {
    this.#bytes += bytes;
    const { bytes: totalBytes, files: totalFiles } = this.#manifest;
    this.#onProgress({ bytes: this.#bytes, totalBytes, files: this.#files, totalFiles });
  }
}

function shortened(source: string): Error {
  return new Error(`${source} became shorter while it was saved`);
}
