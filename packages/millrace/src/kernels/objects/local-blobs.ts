import { systemCode } from "../../core/errors.ts";
import { BlobDirectories } from "./blob-directories.ts";
import { BlobReader, readExactly } from "./blob-reader.ts";
import { pour } from "./blob-writer.ts";
import { diskFailure, ObjectGoneError } from "./errors.ts";
import type { ObjectFile, ObjectFiles } from "./files.ts";
import { readBytes } from "./limits.ts";
import { LocalUploads } from "./local-uploads.ts";
import { PieceBuffers } from "./piece-buffers.ts";
import type {
  BlobStore,
  ByteRange,
  ByteSource,
  ObjectBytes,
  PartOptions,
  StoredBlob,
  StoredPart,
  StoredUpload,
} from "./port.ts";
import { WholeBytes } from "./whole-bytes.ts";

export interface LocalBlobsOptions {
  readonly dir: string;
  readonly files: ObjectFiles;
  /** False: nothing is synced. */
  readonly durable: boolean;
}

/** Blobs as plain files. A file has its name from the start: what is visible is for metadata to say. */
export class LocalBlobs implements BlobStore {
  readonly name = "local";
  readonly #directories: BlobDirectories;
  readonly #files: ObjectFiles;
  readonly #durable: boolean;
  readonly #uploads: LocalUploads;
  readonly #buffers = new PieceBuffers();

  private constructor(directories: BlobDirectories, options: LocalBlobsOptions) {
    this.#directories = directories;
    this.#files = options.files;
    this.#durable = options.durable;
    this.#uploads = new LocalUploads(this);
  }

  static async open(options: LocalBlobsOptions): Promise<LocalBlobs> {
    return new LocalBlobs(await BlobDirectories.open(options.dir, options.files, options.durable), options);
  }

  write(bytes: ByteSource): Promise<StoredBlob> {
    return this.create((file) => pour(bytes, file, 0));
  }

  async open(id: string, range: ByteRange, transient: boolean = false): Promise<ObjectBytes> {
    const file = await this.openFile(id, "read");
    const length = range.end - range.start;
    if (length > readBytes) return new BlobReader(file, id, range, transient ? this.#buffers : undefined);
    try {
      return new WholeBytes(await readExactly(file, id, range.start, Buffer.allocUnsafeSlow(length)));
    } finally {
      await file.close();
    }
  }

  async remove(id: string): Promise<void> {
    await this.#files.remove(this.#directories.path(id)).catch(rethrow);
  }

  older(): AsyncIterable<string> {
    return this.#directories.older();
  }

  path(id: string): string {
    return this.#directories.path(id);
  }

  /** The upload's file is made when a part gets a slot in it. */
  async startUpload(): Promise<StoredUpload> {
    const id = await this.#directories.create();
    return { id, blob: id };
  }

  writePart(upload: string, bytes: ByteSource, options: PartOptions): Promise<StoredPart> {
    return this.#uploads.write(upload, bytes, options);
  }

  removePart(upload: string, part: StoredPart): Promise<void> {
    return this.#uploads.remove(upload, part);
  }

  compose(upload: string, parts: readonly StoredPart[], others: readonly StoredPart[]): Promise<StoredBlob> {
    return this.#uploads.compose(upload, parts, others);
  }

  endUpload(upload: string, parts: readonly StoredPart[], kept: StoredBlob | undefined): Promise<void> {
    return this.#uploads.end(upload, parts, kept);
  }

  async close(): Promise<void> {}

  /** A new blob with what `fill` writes, durable; nothing is left of it when that fails. */
  async create(fill: (file: ObjectFile) => Promise<number>): Promise<StoredBlob> {
    const id = await this.#directories.create();
    try {
      const file = await this.openFile(id, "create");
      try {
        const size = await fill(file);
        await this.sync(id, file);
        return { id, size };
      } finally {
        await file.close();
      }
    } catch (error) {
      // The first failure is what the caller must hear of; what cannot be removed now is swept at the next start.
      await this.remove(id).catch(() => undefined);
      throw error;
    }
  }

  async openFile(id: string, mode: "create" | "update" | "read"): Promise<ObjectFile> {
    const path = this.#directories.path(id);
    try {
      return await this.#files.open(path, mode).catch(async (error: unknown) => {
        if (mode !== "update" || systemCode(error) !== "ENOENT") throw error;
        // An upload's directory goes when a later start finds it empty.
        await this.#directories.restore(id);
        return this.#files.open(path, mode);
      });
    } catch (error) {
      throw mode === "read" && systemCode(error) === "ENOENT"
        ? new ObjectGoneError(id, error)
        : diskFailure(error);
    }
  }

  /** Makes a file's bytes and its name durable. */
  async sync(id: string, file: ObjectFile): Promise<void> {
    if (!this.#durable) return;
    const results = await Promise.allSettled([file.datasync(), this.#directories.sync(id)]);
    for (const result of results) if (result.status === "rejected") throw diskFailure(result.reason);
  }
}

function rethrow(error: unknown): never {
  throw diskFailure(error);
}
