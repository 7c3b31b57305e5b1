import { assert } from "../../core/assert.ts";
import { BlobReader } from "./blob-reader.ts";
import { pour } from "./blob-writer.ts";
import { diskFailure, ObjectInputError } from "./errors.ts";
import type { ObjectFile } from "./files.ts";
import type { ByteSource, PartOptions, StoredBlob, StoredPart } from "./port.ts";
import { type Slot, UploadSlots } from "./upload-slots.ts";

/*
 * Place => "file:" blob id
 *        | "slot:" slot bytes ":" slot number      from byte (number - 1) * bytes of the upload's own file
 * The upload's own file has the upload's id. It is made for the first part that gets a slot.
 */

/** What uploads need of the store that they lie in. */
export interface BlobFiles {
  create(fill: (file: ObjectFile) => Promise<number>): Promise<StoredBlob>;
  openFile(id: string, mode: "update" | "read"): Promise<ObjectFile>;
  sync(id: string, file: ObjectFile): Promise<void>;
  remove(id: string): Promise<void>;
}

/**
 * Uploads on a local disk. Parts of one size are written where they will lie in the object, so that completing
 * moves no bytes; any other part gets a file of its own and is copied.
 */
export class LocalUploads {
  readonly #blobs: BlobFiles;
  readonly #slots = new Map<string, UploadSlots>();

  constructor(blobs: BlobFiles) {
    this.#blobs = blobs;
  }

  async write(upload: string, bytes: ByteSource, options: PartOptions): Promise<StoredPart> {
    const slots = this.#slotsOf(upload, options.known);
    const slot = slots.claim(options.number, options.declaredBytes);
    if (slot === undefined) {
      const { id, size } = await this.#blobs.create((file) => pour(bytes, file, 0));
      return { place: `file:${id}`, size, blob: id };
    }
    try {
      const size = await this.#writeSlot(upload, slot, bytes);
      return { place: `slot:${slot.bytes}:${slot.number}`, size, blob: undefined };
    } catch (error) {
      slots.release(slot);
      throw error;
    }
  }

  async remove(upload: string, part: StoredPart): Promise<void> {
    const place = placeOf(part);
    if (place.kind === "file") await this.#blobs.remove(place.id);
    else this.#slots.get(upload)?.release(place);
  }

  async compose(
    upload: string,
    parts: readonly StoredPart[],
    others: readonly StoredPart[],
  ): Promise<StoredBlob> {
    const slots = this.#slotsOf(upload, () => [...parts, ...others]);
    slots.close();
    try {
      const inSlots = parts.map(placeOf).filter((place) => place.kind === "slot");
      // A slot that is not listed may belong to a part that is just being written: the file must stay as it is.
      const canStay = inSlots.length > 0 && slots.holdsOnly(new Set(inSlots.map((slot) => slot.number)));
      return canStay && liesInPlace(parts)
        ? await this.#fillUp(upload, parts)
        : await this.#concatenate(upload, parts);
    } finally {
      slots.open();
    }
  }

  async end(upload: string, parts: readonly StoredPart[], kept: StoredBlob | undefined): Promise<void> {
    this.#slots.delete(upload);
    for (const part of parts) {
      const place = placeOf(part);
      if (place.kind === "file") await this.#blobs.remove(place.id);
    }
    if (kept?.id !== upload) await this.#blobs.remove(upload);
  }

  #slotsOf(upload: string, known: () => readonly StoredPart[]): UploadSlots {
    let slots = this.#slots.get(upload);
    if (slots === undefined) {
      const places = known().map(placeOf);
      slots = new UploadSlots(places.filter((place) => place.kind === "slot"));
      this.#slots.set(upload, slots);
    }
    return slots;
  }

  async #writeSlot(upload: string, slot: Slot, bytes: ByteSource): Promise<number> {
    const file = await this.#blobs.openFile(upload, "update");
    try {
      const size = await pour(limited(bytes, slot.bytes), file, slotStart(slot));
      await this.#blobs.sync(upload, file);
      return size;
    } finally {
      await file.close();
    }
  }

  /** Copies the parts that have files of their own to where they belong among the others. */
  async #fillUp(upload: string, parts: readonly StoredPart[]): Promise<StoredBlob> {
    const file = await this.#blobs.openFile(upload, "update");
    try {
      let position = 0;
      for (const part of parts) {
        if (!isInSlot(part)) await this.#copy(upload, part, file, position);
        position += part.size;
      }
      await file.truncate(position).catch((error: unknown) => {
        throw diskFailure(error);
      });
      await this.#blobs.sync(upload, file);
      return { id: upload, size: position };
    } finally {
      await file.close();
    }
  }

  #concatenate(upload: string, parts: readonly StoredPart[]): Promise<StoredBlob> {
    return this.#blobs.create(async (file) => {
      let position = 0;
      for (const part of parts) position += await this.#copy(upload, part, file, position);
      return position;
    });
  }

  async #copy(upload: string, part: StoredPart, to: ObjectFile, position: number): Promise<number> {
    const place = placeOf(part);
    const id = place.kind === "file" ? place.id : upload;
    const start = place.kind === "file" ? 0 : slotStart(place);
    const from = new BlobReader(await this.#blobs.openFile(id, "read"), id, {
      start,
      end: start + part.size,
    });
    try {
      return await pour(from, to, position);
    } finally {
      await from.close();
    }
  }
}

type Place = { readonly kind: "file"; readonly id: string } | (Slot & { readonly kind: "slot" });

function placeOf(part: StoredPart): Place {
  const [kind, first = "", second] = part.place.split(":");
  if (kind === "file") return { kind, id: first };
  assert(kind === "slot", `${part.place} is no place of a part`);
  return { kind, bytes: Number(first), number: Number(second) };
}

function isInSlot(part: StoredPart): boolean {
  return placeOf(part).kind === "slot";
}

function slotStart(slot: Slot): number {
  return (slot.number - 1) * slot.bytes;
}

/** Whether each part in a slot lies where the parts before it end. */
function liesInPlace(parts: readonly StoredPart[]): boolean {
  let position = 0;
  for (const part of parts) {
    const place = placeOf(part);
    if (place.kind === "slot" && slotStart(place) !== position) return false;
    position += part.size;
  }
  return true;
}

/** A sender that sends more than it declared must not reach into the next slot. */
function limited(bytes: ByteSource, maxBytes: number): ByteSource {
  const tooMany = (): ObjectInputError =>
    new ObjectInputError(`a part is longer than the ${maxBytes} bytes it was declared with`);
  if (bytes instanceof Uint8Array) {
    if (bytes.byteLength > maxBytes) throw tooMany();
    return bytes;
  }
  return (async function* (): AsyncGenerator<Uint8Array, void, void> {
    let left = maxBytes;
    for await (const chunk of bytes) {
      left -= chunk.byteLength;
      if (left < 0) throw tooMany();
      yield chunk;
    }
  })();
}
