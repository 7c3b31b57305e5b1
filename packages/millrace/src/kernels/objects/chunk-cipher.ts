import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import { DamagedObjectError } from "./errors.ts";

/*
 * Piece      => Chunk+                       an object, or one part of it; a salt of its own
 * Chunk      => Ciphertext Tag               AES-256-GCM of 64 KiB (the last chunk: 0 to 64 KiB); Tag: 16 bytes
 * Key        => HKDF-SHA-256(data key or client's key, salt)
 * Nonce      => 0 (7 bytes) Last Index       Last: 1 for the last chunk, else 0; Index: u32, from 0
 * Additional data => bucket 0 key
 * A piece always has a last chunk, so that one that was cut off at a chunk's end is noticed.
 */
export const chunkBytes: number = 64 * 1024;
export const tagBytes = 16;
export const storedChunkBytes: number = chunkBytes + tagBytes;
export const saltBytes = 16;

/** How long a piece of so many bytes is on disk. */
export function encryptedBytes(plainBytes: number): number {
  return plainBytes + chunksOf(plainBytes) * tagBytes;
}

export function chunksOf(plainBytes: number): number {
  return Math.max(1, Math.ceil(plainBytes / chunkBytes));
}

/** Encrypts and decrypts the chunks of one piece. */
export class ChunkCipher {
  readonly #key: Uint8Array;
  readonly #additional: Uint8Array;

  constructor(contentKey: Uint8Array, salt: Uint8Array, additional: Uint8Array) {
    this.#key = new Uint8Array(hkdfSync("sha256", contentKey, salt, "millrace:object piece", 32));
    this.#additional = additional;
  }

  /** @param plain in parts; ciphertext and tag come in parts too. */
  encrypt(plain: readonly Uint8Array[], index: number, isLast: boolean): readonly Uint8Array[] {
    const cipher = createCipheriv(algorithm, this.#key, nonceOf(index, isLast));
    cipher.setAAD(this.#additional);
    const parts = plain.map((part) => cipher.update(part));
    cipher.final();
    parts.push(cipher.getAuthTag());
    return parts;
  }

  /** @throws DamagedObjectError when the bytes were not made by this key for this place. */
  decrypt(stored: Uint8Array, index: number, isLast: boolean): Buffer {
    const decipher = createDecipheriv(algorithm, this.#key, nonceOf(index, isLast), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(this.#additional);
    decipher.setAuthTag(stored.subarray(stored.byteLength - tagBytes));
    const plain = decipher.update(stored.subarray(0, stored.byteLength - tagBytes));
    try {
      decipher.final();
    } catch {
      // The tag does not match; there is nothing more to know about it.
      throw new DamagedObjectError(`chunk ${index} of an encrypted object is not what was written`);
    }
    return plain;
  }
}

const algorithm = "aes-256-gcm";

function nonceOf(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt8(isLast ? 1 : 0, 7);
  nonce.writeUInt32BE(index, 8);
  return nonce;
}
