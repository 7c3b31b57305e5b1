import { expect, it } from "vitest";
import { imageType, isGzip, kindOf, textOf } from "./kind.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it("knows files by their beginning before their name", () => {
  expect(kindOf(bytes("PAR1...."), "a.csv", undefined)).toBe("parquet");
  expect(kindOf(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), "a.txt", undefined)).toBe("image");
  expect(kindOf(new Uint8Array([0, 1, 2]), "a.csv", "text/csv")).toBe("hex");
  expect(kindOf(new Uint8Array(0), "a.csv", undefined)).toBe("empty");
});

it.each([
  ["a,b\n1,2\n", "x/a.csv", undefined, "csv"],
  ["a,b\n1,2\n", "x/a.CSV.gz", undefined, "csv"],
  ["a,b\n1,2\n", "part-0", "text/csv; charset=utf-8", "csv"],
  ["a\tb\n", "a.tsv", undefined, "tsv"],
  ['{"a":1}\n{"a":2}\n', "stream-1-2024", undefined, "json-lines"],
  ['{"a":1}{"a":2}', "stream-1-2024", undefined, "json-lines"],
  ['{"a":1}\n', "one.json", undefined, "json"],
  ['{\n "a": 1\n}\n', "one", "application/json", "json"],
  ['[{"a":1},\n{"a":2}]', "list.json", undefined, "json"],
  ["{curly} words", "a", undefined, "text"],
  ["hello", "a", undefined, "text"],
  ["# title", "readme.md", "binary/octet-stream", "text"],
])("%j named %s is shown as %4$s", (text, name, type, kind) => {
  expect(kindOf(bytes(text), name, type)).toBe(kind);
});

it("takes text that was cut within a character", () => {
  expect(textOf(bytes("aé").subarray(0, 2))).toBe("a");
  expect(textOf(new Uint8Array([0xff, 0xfe, 65]))).toBeUndefined();
});

it("knows gzip and images", () => {
  expect(isGzip(new Uint8Array([0x1f, 0x8b, 8, 0]))).toBe(true);
  expect(isGzip(bytes("text"))).toBe(false);
  expect(imageType(bytes("RIFF....WEBP"))).toBe("image/webp");
  expect(imageType(bytes("<svg/>"))).toBeUndefined();
});
