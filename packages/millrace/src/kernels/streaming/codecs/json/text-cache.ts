import type { ByteText } from "./json-scan.ts";

const slots = 512;
const maxLength = 32;
/** After so many texts it is looked at whether the cache is of use. */
const trial = 4096;

/**
 * Texts of ASCII bytes. Columns mostly repeat few texts: those are found again by their bytes, which is faster than
 * making a string, and takes no memory. A column whose texts do not repeat goes without.
 */
export class TextCache {
  readonly #texts: string[] = new Array(slots).fill("");
  #found = 0;
  #asked = 0;
  #isOn = true;

  text(bytes: ByteText, from: number, to: number): string {
    const length = to - from;
    if (!this.#isOn || length > maxLength) return bytes.latin1Slice(from, to);
    let hash = length;
    for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
    const slot = (hash ^ (hash >>> 9)) & (slots - 1);
    const known = this.#texts[slot] as string;
    this.#asked += 1;
    if (known.length === length) {
      let at = 0;
      while (at < length && known.charCodeAt(at) === bytes[from + at]) at += 1;
      if (at === length) {
        this.#found += 1;
        return known;
      }
    }
    if (this.#asked >= trial) {
      this.#isOn = this.#found * 2 > this.#asked;
      this.#asked = 0;
      this.#found = 0;
    }
    const text = bytes.latin1Slice(from, to);
    this.#texts[slot] = text;
    return text;
  }
}
