import { createCipheriv, createDecipheriv } from "node:crypto";
import { type FrameHeader, frameHeaderBytes, writeFrameHeader } from "./frame.ts";
import type { Segment } from "./segment.ts";

/** What the log needs of a key service. The log never sees the key itself, only data keys under it. */
export interface SegmentCipher {
  /** A fresh 256-bit data key, and the same under key `keyId` to be stored in a segment's header. */
  createDataKey(keyId: string): Promise<{ readonly plaintext: Uint8Array; readonly wrapped: Uint8Array }>;
  /** Opens what `createDataKey` wrapped. */
  openDataKey(keyId: string, wrapped: Uint8Array): Promise<Uint8Array>;
}

/*
 * Ciphertext => AES-256-GCM(payload) Tag          Tag: 16 bytes
 * Nonce      => NonceSalt FirstOffset              u32 of the segment's header, u64 of the frame
 * Additional data => the frame's header without Length and Crc, under the log's id
 * A data key serves one segment and one run of the log, so that an offset is never encrypted twice by it.
 */
const algorithm = "aes-256-gcm";
export const tagBytes = 16;

export interface FrameKey {
  readonly key: Uint8Array;
  readonly nonceSalt: number;
  readonly logId: string;
}

export function encryptPayload(frameKey: FrameKey, frame: FrameHeader, parts: readonly Uint8Array[]): Buffer {
  const cipher = createCipheriv(algorithm, frameKey.key, nonceOf(frameKey, frame));
  cipher.setAAD(additionalData(frameKey, frame));
  const pieces = parts.map((part) => cipher.update(part));
  pieces.push(cipher.final(), cipher.getAuthTag());
  return Buffer.concat(pieces);
}

/** Undefined when the bytes were not made by this key for this frame. */
export function decryptPayload(frameKey: FrameKey, frame: FrameHeader, stored: Buffer): Buffer | undefined {
  if (stored.length < tagBytes) return undefined;
  const decipher = createDecipheriv(algorithm, frameKey.key, nonceOf(frameKey, frame));
  decipher.setAAD(additionalData(frameKey, frame));
  decipher.setAuthTag(stored.subarray(stored.length - tagBytes));
  const plain = decipher.update(stored.subarray(0, stored.length - tagBytes));
  try {
    decipher.final();
  } catch {
    // The tag does not match; there is nothing more to know about it.
    return undefined;
  }
  return plain;
}

function nonceOf(frameKey: FrameKey, frame: FrameHeader): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(frameKey.nonceSalt);
  nonce.writeBigUInt64BE(BigInt(frame.firstOffset), 4);
  return nonce;
}

function additionalData(frameKey: FrameKey, frame: FrameHeader): Buffer {
  const header = Buffer.alloc(frameHeaderBytes);
  writeFrameHeader(header, 0, frame, 0);
  return Buffer.concat([header.subarray(8), Buffer.from(frameKey.logId)]);
}

export function checkDataKey(key: Uint8Array): void {
  if (key.byteLength !== 32) throw new Error(`a data key has 32 bytes, not ${key.byteLength}`);
}

/** Opened data keys of a log's segments. A failed opening is tried again by the next reader. */
export class SegmentKeys {
  readonly #cipher: SegmentCipher | undefined;
  readonly #keys = new WeakMap<Segment, Promise<FrameKey>>();

  constructor(cipher: SegmentCipher | undefined) {
    this.#cipher = cipher;
  }

  /** The key of an encrypted segment; rejects when there is none or it cannot be opened. */
  of(segment: Segment): Promise<FrameKey> {
    const known = this.#keys.get(segment);
    if (known !== undefined) return known;
    const opening = this.#open(segment);
    this.#keys.set(segment, opening);
    opening.catch(() => this.#keys.delete(segment));
    return opening;
  }

  remember(segment: Segment, key: FrameKey): void {
    this.#keys.set(segment, Promise.resolve(key));
  }

  async #open(segment: Segment): Promise<FrameKey> {
    const { cipher, id } = segment.header;
    if (cipher === undefined) throw new Error("the segment has no data key");
    if (this.#cipher === undefined) throw new Error("the log was opened without a cipher");
    const key = await this.#cipher.openDataKey(cipher.keyId, Buffer.from(cipher.wrappedKey, "base64"));
    checkDataKey(key);
    return { key, nonceSalt: cipher.nonceSalt, logId: id };
  }
}
