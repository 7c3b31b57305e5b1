import { HmacKey } from "./hmac-key.ts";

const maxCachedKeys = 1_024;

/** Signing keys, derived once per secret, day, region and service; the oldest leave first. */
export class SigningKeys {
  readonly #keys = new Map<string, { secretKey: string; key: HmacKey }>();

  get(accessKeyId: string, secretKey: string, day: string, region: string, service: string): HmacKey {
    const name = `${accessKeyId}/${day}/${region}/${service}`;
    const cached = this.#keys.get(name);
    // A key id may have got a new secret since.
    if (cached !== undefined && cached.secretKey === secretKey) return cached.key;
    let key = new HmacKey(Buffer.from(`AWS4${secretKey}`, "utf8"));
    for (const part of [day, region, service, "aws4_request"]) key = new HmacKey(key.bytes(part));
    this.#keys.delete(name);
    if (this.#keys.size >= maxCachedKeys) {
      const oldest = this.#keys.keys().next();
      if (oldest.done !== true) this.#keys.delete(oldest.value);
    }
    this.#keys.set(name, { secretKey, key });
    return key;
  }
}
