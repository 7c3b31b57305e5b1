import { createHmac, timingSafeEqual } from "node:crypto";

const macBytes = 16;
const idBytes = 32;

/**
 * A grant token names its grant, and nobody else can make one.
 *
 *   token => base64url(id[32] mac[16] arn)
 *   mac   => first half of HMAC-SHA-256(key, id arn)      arn: of the grant's key
 */
export class GrantTokens {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
  }

  seal(grantId: string, keyArn: string): string {
    const id = Buffer.from(grantId, "hex");
    const arn = Buffer.from(keyArn);
    return Buffer.concat([id, this.#mac(id, arn), arn]).toString("base64url");
  }

  /** The grant that a token names, or undefined when it was not made here. */
  open(token: string): { readonly grantId: string; readonly keyArn: string } | undefined {
    const bytes = Buffer.from(token, "base64url");
    if (bytes.length <= idBytes + macBytes) return undefined;
    const id = bytes.subarray(0, idBytes);
    const arn = bytes.subarray(idBytes + macBytes);
    if (!timingSafeEqual(bytes.subarray(idBytes, idBytes + macBytes), this.#mac(id, arn))) return undefined;
    return { grantId: id.toString("hex"), keyArn: arn.toString() };
  }

  #mac(id: Buffer, arn: Buffer): Buffer {
    return createHmac("sha256", this.#key).update(id).update(arn).digest().subarray(0, macBytes);
  }
}
