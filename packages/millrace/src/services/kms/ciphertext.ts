import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { type EncryptionContext, encodeContext } from "./encryption-context.ts";

/*
 * What Encrypt and GenerateDataKey answer under a symmetric key. It names its key, so that Decrypt needs no
 * KeyId.
 *
 *   Blob    => Header Seal Payload Tag
 *   Header  => Version u8 = 1   KeyId (36 characters)   Account (12 digits)   Material (16)   Salt (16)
 *   Seal    => first 16 bytes of HMAC-SHA-256(header key, Header)
 *   Payload => AES-256-GCM(plaintext), additional data: Header Context
 *   Tag     => 16
 *
 * Material is the first half of the material's id. Each message has a key and a nonce of its own, derived
 * from the material and Salt by HKDF-SHA-256, so that a key may encrypt as often as it likes. The seal tells
 * a forged header from one that names a key that is not here; what protects the payload is the tag.
 */
const version = 1;
const keyIdChars = 36;
const accountDigits = 12;
const materialBytes = 16;
const saltBytes = 16;
const headerBytes = 1 + keyIdChars + accountDigits + materialBytes + saltBytes;
const sealBytes = 16;
const tagBytes = 16;
const algorithm = "aes-256-gcm";

export interface BlobHeader {
  readonly keyId: string;
  readonly account: string;
  /** The first 32 hexadecimal digits of the material's id. */
  readonly material: string;
}

export interface SymmetricKey extends BlobHeader {
  readonly secret: KeyObject;
}

/** Makes and reads the ciphertexts of symmetric keys. */
export class Ciphertexts {
  readonly #headerKey: Buffer;

  /** @param headerKey 32 bytes, the same as long as the data directory lives. */
  constructor(headerKey: Buffer) {
    this.#headerKey = headerKey;
  }

  encrypt(key: SymmetricKey, plaintext: Uint8Array, context: EncryptionContext | undefined): Buffer {
    const encodedContext = encodeContext(context);
    const salt = randomBytes(saltBytes);
    const header = Buffer.concat([
      Buffer.from([version]),
      Buffer.from(key.keyId, "latin1"),
      Buffer.from(key.account, "latin1"),
      Buffer.from(key.material, "hex"),
      salt,
    ]);
    const { messageKey, nonce } = derive(key.secret, salt);
    const cipher = createCipheriv(algorithm, messageKey, nonce);
    cipher.setAAD(Buffer.concat([header, encodedContext]));
    const payload = [cipher.update(plaintext), cipher.final()];
    return Buffer.concat([header, this.#seal(header), ...payload, cipher.getAuthTag()]);
  }

  /** What a blob says of itself, or undefined when it was not made here. */
  header(blob: Uint8Array): BlobHeader | undefined {
    const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength);
    if (bytes.length < headerBytes + sealBytes + tagBytes || bytes[0] !== version) return undefined;
    const header = bytes.subarray(0, headerBytes);
    const seal = bytes.subarray(headerBytes, headerBytes + sealBytes);
    if (!timingSafeEqual(seal, this.#seal(header))) return undefined;
    const accountAt = 1 + keyIdChars;
    const materialAt = accountAt + accountDigits;
    return {
      keyId: header.toString("latin1", 1, accountAt),
      account: header.toString("latin1", accountAt, materialAt),
      material: header.toString("hex", materialAt, materialAt + materialBytes),
    };
  }

  /** Undefined when the blob is not this key's, was changed, or has another context. */
  decrypt(secret: KeyObject, blob: Uint8Array, context: EncryptionContext | undefined): Buffer | undefined {
    const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength);
    if (this.header(bytes) === undefined) return undefined;
    const header = bytes.subarray(0, headerBytes);
    const { messageKey, nonce } = derive(secret, header.subarray(headerBytes - saltBytes));
    const decipher = createDecipheriv(algorithm, messageKey, nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.concat([header, encodeContext(context)]));
    decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
    const plaintext = decipher.update(bytes.subarray(headerBytes + sealBytes, bytes.length - tagBytes));
    try {
      decipher.final();
    } catch {
      // The tag does not match; there is nothing more to know about it.
      return undefined;
    }
    return plaintext;
  }

  #seal(header: Buffer): Buffer {
    return createHmac("sha256", this.#headerKey).update(header).digest().subarray(0, sealBytes);
  }
}

function derive(secret: KeyObject, salt: Uint8Array): { messageKey: Buffer; nonce: Buffer } {
  const bytes = Buffer.from(hkdfSync("sha256", secret, salt, "millrace:kms symmetric message", 32 + 12));
  return { messageKey: bytes.subarray(0, 32), nonce: bytes.subarray(32) };
}
