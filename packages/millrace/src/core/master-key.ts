import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { systemCode } from "./errors.ts";
import { writeFileDurably } from "./file.ts";

const keyBytes = 32;

/**
 * The one secret of a data directory: everything else that is secret is sealed under keys derived from it.
 * It comes from the configuration, or lies in the directory as `master.key`, readable by its owner only.
 */
export class MasterKey {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    if (key.length !== keyBytes)
      throw new RangeError(`a master key has ${keyBytes} bytes, this one ${key.length}`);
    this.#key = key;
  }

  /** For a Millrace that keeps nothing. */
  static random(): MasterKey {
    return new MasterKey(randomBytes(keyBytes));
  }

  /** Reads the directory's key, or makes it. */
  static async load(directory: string): Promise<MasterKey> {
    const path = join(directory, "master.key");
    try {
      return new MasterKey(Buffer.from(readFileSync(path, "utf8").trim(), "base64"));
    } catch (error) {
      if (systemCode(error) !== "ENOENT") throw error;
    }
    const key = randomBytes(keyBytes);
    await writeFileDurably(path, `${key.toString("base64")}\n`, 0o600);
    return new MasterKey(key);
  }

  /** @param text base64 of 32 bytes. */
  static parse(text: string): MasterKey {
    return new MasterKey(Buffer.from(text, "base64"));
  }

  /** A key for one purpose, always the same (HKDF-SHA-256, RFC 5869). 32 bytes. */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync("sha256", this.#key, Buffer.alloc(0), `millrace:${purpose}`, keyBytes));
  }

  /** Encrypts with AES-256-GCM: nonce (12) ciphertext tag (16). */
  seal(purpose: string, plain: Uint8Array): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.derive(purpose), nonce);
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws when the bytes were not sealed for this purpose under this key. */
  open(purpose: string, sealed: Uint8Array): Buffer {
    const decipher = createDecipheriv("aes-256-gcm", this.derive(purpose), sealed.subarray(0, 12), {
      authTagLength: 16,
    });
    decipher.setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
  }
}
