import { crc32 } from "node:zlib";

interface Digest {
  records: number;
  /** Over all data of the key, one record after the other: any other order gives another sum. */
  checksum: number;
}

/** How many records each partition key has, and a checksum over them in their order. */
export class KeyDigests {
  readonly #byKey = new Map<string, Digest>();

  add(key: string, data: Uint8Array): void {
    const digest = this.#byKey.get(key);
    if (digest === undefined) {
      this.#byKey.set(key, { records: 1, checksum: crc32(data) });
      return;
    }
    digest.records++;
    digest.checksum = crc32(data, digest.checksum);
  }

  get keyCount(): number {
    return this.#byKey.size;
  }

  /** The keys whose records are not the same, or not in the same order. */
  differencesFrom(other: KeyDigests): readonly string[] {
    const keys = new Set([...this.#byKey.keys(), ...other.#byKey.keys()]);
    return [...keys].flatMap((key) => {
      const [ours, theirs] = [this.#byKey.get(key), other.#byKey.get(key)];
      if (ours?.records !== theirs?.records)
        return [`${key}: ${ours?.records ?? 0} records instead of ${theirs?.records ?? 0}`];
      return ours?.checksum === theirs?.checksum ? [] : [`${key}: other contents, or another order`];
    });
  }
}
