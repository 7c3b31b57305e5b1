import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Where a reader stands. The client sees it only encrypted. */
export interface ShardPosition {
  /** 24 ASCII characters. */
  readonly streamId: string;
  readonly shard: number;
  /** Offset of the next record to read. */
  readonly offset: number;
}

export interface OpenedIterator extends ShardPosition {
  readonly createdMs: number;
}

/**
 * Shard iterators are opaque: AES-256-GCM under a key of this data directory, so that none can be forged.
 *
 *     iterator => base64(version nonce sealed tag)
 *     version  => 00 00 00 00 00 00 00 01, as in AWS's own
 *     nonce    => 12 bytes, tag => 16 bytes
 *     sealed   => streamId:24 shard:u32 offset:u64 createdMs:u48, big-endian
 */
export class ShardIterators {
  static readonly #version = Buffer.of(0, 0, 0, 0, 0, 0, 0, 1);
  static readonly #sealedBytes = 42;
  static readonly #totalBytes = 8 + 12 + 42 + 16;
  readonly #key: Buffer;
  /** A call asks twice: which stream it is about, and where its reader stands. */
  #last: { readonly text: string; readonly opened: OpenedIterator } | undefined;

  /** @param key 32 bytes. */
  constructor(key: Buffer) {
    this.#key = key;
  }

  seal(position: ShardPosition, nowMs: number): string {
    const plain = Buffer.alloc(ShardIterators.#sealedBytes);
    plain.write(position.streamId, 0, "latin1");
    plain.writeUInt32BE(position.shard, 24);
    plain.writeBigUInt64BE(BigInt(position.offset), 28);
    plain.writeUIntBE(nowMs, 36, 6);
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([ShardIterators.#version, nonce, sealed, cipher.getAuthTag()]).toString("base64");
  }

  /** The position in an iterator, or undefined when it was not made here. Some clients add quotes. */
  open(text: string): OpenedIterator | undefined {
    if (this.#last?.text === text) return this.#last.opened;
    const opened = this.#open(text);
    if (opened !== undefined) this.#last = { text, opened };
    return opened;
  }

  #open(text: string): OpenedIterator | undefined {
    const token = Buffer.from(text.replace(/^"|"$/g, ""), "base64");
    if (token.length !== ShardIterators.#totalBytes) return undefined;
    if (!token.subarray(0, 8).equals(ShardIterators.#version)) return undefined;
    const decipher = createDecipheriv("aes-256-gcm", this.#key, token.subarray(8, 20), { authTagLength: 16 });
    decipher.setAuthTag(token.subarray(-16));
    const plain = decipher.update(token.subarray(20, -16));
    try {
      decipher.final();
    } catch {
      // The tag does not match: forged, damaged, or of another data directory. That is the answer.
      return undefined;
    }
    return {
      streamId: plain.toString("latin1", 0, 24),
      shard: plain.readUInt32BE(24),
      offset: Number(plain.readBigUInt64BE(28)),
      createdMs: plain.readUIntBE(36, 6),
    };
  }
}
