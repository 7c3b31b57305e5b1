import type { Clock } from "../../core/clock.ts";
import { type BlobStores, blobName } from "./blob-stores.ts";
import { encryptedBytes } from "./chunk-cipher.ts";
import type { ContentKeys } from "./content-keys.ts";
import { Digests } from "./digests.ts";
import { NoSuchUploadError, ObjectInputError, StoreFailedError } from "./errors.ts";
import type { GroupCommit } from "./metadata/group-commit.ts";
import {
  type PartRecord,
  publicPart,
  type UploadQueries,
  type UploadRecord,
  type UploadTable,
} from "./metadata/upload-table.ts";
import type { VersionTable } from "./metadata/version-table.ts";
import { sealed } from "./object-writer.ts";
import type { ByteSource, StoredPart } from "./port.ts";
import type { Upload, UploadedPart, UploadPartOptions } from "./store-options.ts";
import type { UploadGate, UploadGates } from "./upload-gates.ts";

const maxPartNumber = 10_000;

export interface PartWriterOptions {
  readonly clock: Clock;
  readonly commits: GroupCommit;
  readonly versions: VersionTable;
  readonly table: UploadTable;
  readonly queries: UploadQueries;
  readonly blobs: BlobStores;
  readonly keys: ContentKeys;
  readonly gates: UploadGates;
}

/** Brings the parts of uploads to their store. A part replaces an earlier one of its number in one moment. */
export class PartWriter {
  readonly #options: PartWriterOptions;

  constructor(options: PartWriterOptions) {
    this.#options = options;
  }

  put(upload: Upload, number: number, body: ByteSource, options: UploadPartOptions): Promise<UploadedPart> {
    if (!Number.isInteger(number) || number < 1 || number > maxPartNumber)
      return Promise.reject(
        new ObjectInputError(`parts are numbered from 1 to ${maxPartNumber}, not ${number}`),
      );
    return this.#options.gates.use(upload.id, (gate) => this.#put(gate, upload.id, number, body, options));
  }

  async #put(
    gate: UploadGate,
    id: string,
    number: number,
    body: ByteSource,
    options: UploadPartOptions,
  ): Promise<UploadedPart> {
    const { keys, queries } = this.#options;
    const record = queries.upload(id);
    if (record === undefined) throw new NoSuchUploadError(id);
    const key = await keys.open(record.encryption, record.dataKey, options.customerKey, record);
    const digests = new Digests(options.digests);
    const { bytes, salt } = sealed(digests.through(body), key);
    const declaredBytes = body instanceof Uint8Array ? body.byteLength : options.declaredBytes;
    while (gate.busy !== undefined) await gate.busy;
    if (gate.end !== undefined) throw new NoSuchUploadError(id);
    // In the same turn as the look at the gate: whoever ends the upload knows of this part.
    const stored = await this.#options.blobs.named(record.storeName).writePart(record.stored.id, bytes, {
      number,
      declaredBytes:
        key === undefined || declaredBytes === undefined ? declaredBytes : encryptedBytes(declaredBytes),
      known: () => queries.parts(id, 0, maxPartNumber).map((part) => part.stored),
    });
    try {
      const written = digests.finish();
      const checksum = options.verify?.(written);
      const lastModifiedMs = this.#options.clock.now();
      const facts = { number, size: written.size, etag: written.md5, lastModifiedMs, checksum };
      return await this.#commit(gate, record, { ...facts, stored, salt });
    } catch (error) {
      // After a failed sync the commit may come back when the store is opened again, and needs its bytes then.
      if (!(error instanceof StoreFailedError)) await this.#free(gate, record, stored);
      throw error;
    }
  }

  async #commit(gate: UploadGate, record: UploadRecord, part: PartRecord): Promise<UploadedPart> {
    const { commits, table, versions, blobs } = this.#options;
    const store = blobs.named(record.storeName);
    while (gate.busy !== undefined) await gate.busy;
    await commits.run((transaction) => {
      if (table.upload(record.id) === undefined) throw new NoSuchUploadError(record.id);
      const before = table.part(record.id, part.number);
      table.putPart(record.id, part);
      if (part.stored.blob !== undefined) versions.own(blobName(store, part.stored.blob));
      if (before === undefined) return;
      if (before.stored.blob !== undefined) versions.disown(blobName(store, before.stored.blob));
      transaction.after(() =>
        blobs.later("a part that was replaced could not be removed", () =>
          store.removePart(record.stored.id, before.stored),
        ),
      );
    });
    return publicPart(part);
  }

  /** Of a part that came too late, the upload's place may be an object's now. */
  async #free(gate: UploadGate, record: UploadRecord, stored: StoredPart): Promise<void> {
    const store = this.#options.blobs.named(record.storeName);
    if (gate.end === undefined) await store.removePart(record.stored.id, stored);
    else await store.endUpload(record.stored.id, [stored], gate.end.kept);
  }
}
