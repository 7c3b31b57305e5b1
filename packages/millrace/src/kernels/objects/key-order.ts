import { ObjectInputError } from "./errors.ts";
import { maxKeyBytes } from "./limits.ts";

/*
 * Keys are ordered by their UTF-8 bytes, which is the order of their code points, and not that of JavaScript's
 * UTF-16 units. All comparing is SQLite's (memcmp); here are the bounds that it compares with.
 */

/** @throws ObjectInputError when the key would not come back as it was. */
export function checkKey(key: string): void {
  if (key === "") throw new ObjectInputError("a key has at least one character");
  if (!key.isWellFormed()) throw new ObjectInputError("a key is Unicode text");
  if (key.length * 3 > maxKeyBytes && Buffer.byteLength(key) > maxKeyBytes)
    throw new ObjectInputError(`a key has at most ${maxKeyBytes} bytes`);
}

/** The first text behind all that begin with `prefix`; undefined when there is none. */
export function textAfterPrefix(prefix: string): string | undefined {
  const points = [...prefix];
  while (points.length > 0) {
    const last = points.pop()?.codePointAt(0) ?? 0;
    if (last < lastPoint) {
      const next = last + 1;
      return points.join("") + String.fromCodePoint(isSurrogate(next) ? firstBehindSurrogates : next);
    }
  }
  return undefined;
}

const lastPoint = 0x10_ffff;
const firstBehindSurrogates = 0xe000;

function isSurrogate(point: number): boolean {
  return point >= 0xd800 && point < firstBehindSurrogates;
}

/** What the key is rolled up to: up to and with the first delimiter behind the prefix. */
export function commonPrefixOf(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === "" || !key.startsWith(prefix)) return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}
