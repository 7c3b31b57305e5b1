import { createHmac } from "node:crypto";

const maxCachedKeys = 1_024;

/** Signing keys, derived once per secret, day, region and service; the oldest leave first. */
export class SigningKeys {
  readonly #keys = new Map<string, { secretKey: string; key: Buffer }>();

  get(accessKeyId: string, secretKey: string, day: string, region: string, service: string): Buffer {
    const name = `${accessKeyId}/${day}/${region}/${service}`;
    const cached = this.#keys.get(name);
    // A key id may have got a new secret since.
    if (cached !== undefined && cached.secretKey === secretKey) return cached.key;
    const key = hmac(hmac(hmac(hmac(`AWS4${secretKey}`, day), region), service), "aws4_request");
    this.#keys.delete(name);
    if (this.#keys.size >= maxCachedKeys) {
      const oldest = this.#keys.keys().next();
      if (oldest.done !== true) this.#keys.delete(oldest.value);
    }
    this.#keys.set(name, { secretKey, key });
    return key;
  }
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac("sha256", key).update(data, "utf8").digest();
}
