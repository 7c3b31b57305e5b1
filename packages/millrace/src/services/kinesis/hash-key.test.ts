import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { divideRange, HashRouter, hashKeyOf, hashKeySpace, parseHashKey } from "./hash-key.ts";
import { Md5, maxOneBlockBytes } from "./md5.ts";

const reference = (text: string): bigint => BigInt(`0x${createHash("md5").update(text).digest("hex")}`);

describe("Md5", () => {
  const md5 = new Md5();

  it("equals OpenSSL for every length of one block", () => {
    for (let length = 0; length <= maxOneBlockBytes; length++) {
      for (const unit of ["a", "z", "é"]) {
        const text = unit.repeat(length).slice(0, length);
        const bytes = Buffer.from(`..${text}..`);
        const fits = md5.digest(bytes, 2, bytes.length - 2);
        if (bytes.length - 4 > maxOneBlockBytes) expect(fits).toBe(false);
        else expect(md5.value).toBe(reference(text));
      }
    }
  });

  it("leaves longer keys to OpenSSL", () => {
    expect(md5.digest(Buffer.alloc(56), 0, 56)).toBe(false);
  });
});

describe("parseHashKey", () => {
  it.each(["0", "1", "340282366920938463463374607431768211455"])("takes %s", (text) =>
    expect(parseHashKey(text)).toBe(BigInt(text)),
  );
  it.each(["", "-1", "01", "340282366920938463463374607431768211456", "1e3", " 1", "0x1", "9".repeat(500)])(
    "refuses %j",
    (text) => expect(parseHashKey(text)).toBeUndefined(),
  );
});

describe("divideRange", () => {
  it.each([1, 2, 3, 7, 100, 999])("covers the space with %i parts of even size", (count) => {
    const parts = divideRange(hashKeySpace, count);
    expect(parts).toHaveLength(count);
    expect(parts[0]?.start).toBe(0n);
    expect(parts.at(-1)?.end).toBe(hashKeySpace.end);
    for (let i = 1; i < count; i++) expect(parts[i]?.start).toBe((parts[i - 1]?.end ?? 0n) + 1n);
  });

  it("cuts two shards in the middle, as AWS does", () => {
    expect(divideRange(hashKeySpace, 2)[0]?.end).toBe(170141183460469231731687303715884105727n);
  });
});

describe("HashRouter", () => {
  it("agrees with a plain search, whatever the order of the ranges and the length of the key", () => {
    for (const count of [1, 2, 3, 4, 61]) {
      const ranges = [...divideRange(hashKeySpace, count)].reverse();
      const router = new HashRouter(ranges);
      for (let i = 0; i < 400; i++) {
        const key = i % 9 === 0 ? `${i}-`.repeat(60) : `schlüssel-${i}`;
        const bytes = Buffer.from(key);
        const hashKey = hashKeyOf(key);
        const expected = ranges.findIndex((range) => range.start <= hashKey && hashKey <= range.end);
        expect(router.routeKey(bytes, 0, bytes.length)).toBe(expected);
        expect(router.routeHash(hashKey)).toBe(expected);
      }
    }
  });

  it("is exact at boundaries that share their leading 32 bits", () => {
    const middle = 1n << 64n;
    const router = new HashRouter([
      { start: 0n, end: middle - 1n },
      { start: middle, end: middle },
      { start: middle + 1n, end: hashKeySpace.end },
    ]);
    const probes = [0n, middle - 1n, middle, middle + 1n, hashKeySpace.end];
    expect(probes.map((probe) => router.routeHash(probe))).toEqual([0, 0, 1, 2, 2]);
    const hashKey = hashKeyOf("k");
    const exact = new HashRouter([
      { start: 0n, end: hashKey - 1n },
      { start: hashKey, end: hashKeySpace.end },
    ]);
    expect(exact.routeKey(Buffer.from("k"), 0, 1)).toBe(1);
    const above = new HashRouter([
      { start: 0n, end: hashKey },
      { start: hashKey + 1n, end: hashKeySpace.end },
    ]);
    expect(above.routeKey(Buffer.from("k"), 0, 1)).toBe(0);
  });
});
