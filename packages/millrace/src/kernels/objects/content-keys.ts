import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { MasterKey } from "../../core/master-key.ts";
import { ChunkCipher, saltBytes } from "./chunk-cipher.ts";
import { DamagedObjectError, ObjectStoreError, WrongCustomerKeyError } from "./errors.ts";
import type { ObjectKeys } from "./object-keys-port.ts";
import type { Encryption } from "./object-version.ts";

/** What the key of an object is bound to. */
export interface Owner {
  readonly bucket: string;
  readonly key: string;
}

/** What encrypts an object's bytes: its own data key, or the client's key. */
export class ContentKey {
  readonly #key: Uint8Array;
  readonly #additional: Uint8Array;
  /** Base64 of the wrapped data key; undefined for the client's. */
  readonly dataKey: string | undefined;

  constructor(key: Uint8Array, owner: Owner, dataKey: string | undefined) {
    if (key.byteLength !== keyBytes)
      throw new ObjectStoreError("EKEY", `an object's key has ${keyBytes} bytes, not ${key.byteLength}`);
    this.#key = key;
    this.#additional = Buffer.from(`${owner.bucket}\0${owner.key}`);
    this.dataKey = dataKey;
  }

  /** For a new piece, with a salt that was never used. */
  newPiece(): { readonly salt: string; readonly cipher: ChunkCipher } {
    const salt = randomBytes(saltBytes);
    return { salt: salt.toString("base64"), cipher: new ChunkCipher(this.#key, salt, this.#additional) };
  }

  piece(salt: string): ChunkCipher {
    return new ChunkCipher(this.#key, Buffer.from(salt, "base64"), this.#additional);
  }
}

const keyBytes = 32;

/** Makes and opens the keys of objects. Keys of clients are never kept. */
export class ContentKeys {
  readonly #master: MasterKey;
  readonly #keys: ObjectKeys;

  constructor(master: MasterKey, keys: ObjectKeys) {
    this.#master = master;
    this.#keys = keys;
  }

  /** For a new object. Undefined: it is not encrypted. */
  async create(
    encryption: Encryption,
    customerKey: Uint8Array | undefined,
    owner: Owner,
  ): Promise<ContentKey | undefined> {
    switch (encryption.kind) {
      case "none":
        return undefined;
      case "customer":
        return new ContentKey(checkedKey(encryption.keyMd5, customerKey), owner, undefined);
      case "service": {
        const plaintext = randomBytes(keyBytes);
        const wrapped = this.#master.seal(purposeOf(owner), plaintext);
        return new ContentKey(plaintext, owner, wrapped.toString("base64"));
      }
      case "kms": {
        const { plaintext, wrapped } = await this.#keys.createDataKey(encryption.keyId, encryption.context);
        return new ContentKey(plaintext, owner, Buffer.from(wrapped).toString("base64"));
      }
    }
  }

  /** For an object that is there. */
  async open(
    encryption: Encryption,
    dataKey: string | undefined,
    customerKey: Uint8Array | undefined,
    owner: Owner,
  ): Promise<ContentKey | undefined> {
    if (encryption.kind === "none") return undefined;
    if (encryption.kind === "customer")
      return new ContentKey(checkedKey(encryption.keyMd5, customerKey), owner, undefined);
    if (dataKey === undefined) throw new DamagedObjectError("an encrypted object has no data key");
    const wrapped = Buffer.from(dataKey, "base64");
    const plaintext =
      encryption.kind === "service"
        ? this.#openSealed(wrapped, owner)
        : await this.#keys.openDataKey(encryption.keyId, wrapped, encryption.context);
    return new ContentKey(plaintext, owner, dataKey);
  }

  #openSealed(wrapped: Buffer, owner: Owner): Buffer {
    try {
      return this.#master.open(purposeOf(owner), wrapped);
    } catch {
      // The tag does not match, which is all that there is to know: another master key, or changed bytes.
      throw new DamagedObjectError(`the data key of ${owner.bucket}/${owner.key} cannot be opened`);
    }
  }
}

/** A digest, because the purpose of a derived key is shorter than what a key's name may be. */
function purposeOf({ bucket, key }: Owner): string {
  return `object ${createHash("sha256").update(`${bucket}/${key}`).digest("base64")}`;
}

/** @throws WrongCustomerKeyError */
function checkedKey(keyMd5: string, key: Uint8Array | undefined): Uint8Array {
  if (key === undefined) throw new WrongCustomerKeyError();
  const given = createHash("md5").update(key).digest();
  const expected = Buffer.from(keyMd5, "base64");
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new WrongCustomerKeyError();
  return key;
}
