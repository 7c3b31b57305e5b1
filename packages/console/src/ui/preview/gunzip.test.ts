import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { gunzip } from "./gunzip.ts";

const lines = Array.from({ length: 20_000 }, (_, i) => `line ${(i * 7_919) % 10_007}`).join("\n");
const zipped = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(text));
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

it("decompresses a whole file", async () => {
  const { bytes, isWhole } = await gunzip(zipped(lines), true, 1e6);
  expect(text(bytes)).toBe(lines);
  expect(isWhole).toBe(true);
});

it("answers what there is of a file that is cut", async () => {
  const { bytes, isWhole } = await gunzip(zipped(lines).slice(0, 20_000), false, 1e6);
  expect(lines.startsWith(text(bytes))).toBe(true);
  expect(isWhole).toBe(false);
});

it("stops where it was told to", async () => {
  const { bytes, isWhole } = await gunzip(zipped(lines), true, 1_000);
  expect(text(bytes)).toBe(lines.slice(0, 1_000));
  expect(isWhole).toBe(false);
});

it("reads several members one behind the other", async () => {
  const both = new Uint8Array([...zipped("one\n"), ...zipped("two\n")]);
  expect(text((await gunzip(both, true, 1e6)).bytes)).toBe("one\ntwo\n");
});

it("survives what only looks like gzip", async () => {
  const { bytes, isWhole } = await gunzip(
    new Uint8Array([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    true,
    1e6,
  );
  expect(bytes.length).toBe(0);
  expect(isWhole).toBe(false);
});
