import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { type CrcAlgorithm, combineCrcs } from "./crc-combine.ts";
import { Digests } from "./digests.ts";
import { bytesFrom, seededRandom } from "./store-fixture.ts";

const algorithms: readonly CrcAlgorithm[] = ["CRC32", "CRC32C", "CRC64NVME"];

function digest(algorithm: CrcAlgorithm, pieces: readonly Uint8Array[]): string {
  const digests = new Digests([algorithm]);
  for (const piece of pieces) digests.update(piece);
  return digests.finish().digests[algorithm] ?? "";
}

// The check values of the catalogue of parametrised CRC algorithms: CRC-32/ISO-HDLC, CRC-32/ISCSI, CRC-64/NVME.
test.each([
  ["CRC32", "cbf43926"],
  ["CRC32C", "e3069283"],
  ["CRC64NVME", "ae8b14860a799888"],
] as const)("%s of the check string", (algorithm, hex) => {
  expect(digest(algorithm, [Buffer.from("123456789")])).toBe(Buffer.from(hex, "hex").toString("base64"));
});

// RFC 3720, B.4.
test.each([
  [Buffer.alloc(32), "8a9136aa"],
  [Buffer.alloc(32, 0xff), "62a8ab43"],
  [Buffer.from(Array.from({ length: 32 }, (_, i) => i)), "46dd794e"],
])("CRC-32C of the vectors of iSCSI", (bytes, hex) => {
  expect(digest("CRC32C", [bytes])).toBe(Buffer.from(hex, "hex").toString("base64"));
});

test.each(algorithms)("%s is the same however the bytes come", (algorithm) => {
  const random = seededRandom(7);
  const bytes = bytesFrom(1, 10_000);
  const whole = digest(algorithm, [bytes]);
  for (let trial = 0; trial < 50; trial++) {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += pieces.at(-1)?.length ?? 1)
      pieces.push(bytes.subarray(at, at + 1 + Math.floor(random() * 900)));
    expect(digest(algorithm, pieces)).toBe(whole);
  }
});

test.each(algorithms)("%s of parts combines to that of the whole", (algorithm) => {
  const random = seededRandom(3);
  for (let trial = 0; trial < 30; trial++) {
    const parts = Array.from({ length: Math.floor(random() * 6) }, (_, i) =>
      bytesFrom(trial * 10 + i, Math.floor(random() * 3) * Math.floor(random() * 5000)),
    );
    const combined = combineCrcs(
      algorithm,
      parts.map((part) => ({ value: digest(algorithm, [part]), size: part.length })),
    );
    expect(combined).toBe(digest(algorithm, [Buffer.concat(parts)]));
  }
});

test("sizes beyond 32 bits combine", () => {
  // A gibibyte of zeros at a time, of which only the first part has something in it.
  const gibibyte = 1024 ** 3;
  const zeros = Buffer.alloc(1024);
  let crc = 0;
  for (let i = 0; i < 1024; i++) crc = crc32(zeros, crc);
  const mebibyte = { value: base64Of(crc), size: 1024 ** 2 };
  const byDoubling = (part: typeof mebibyte, times: number): typeof mebibyte =>
    times === 0
      ? part
      : byDoubling({ value: combineCrcs("CRC32", [part, part]), size: 2 * part.size }, times - 1);
  const five = byDoubling(mebibyte, 13);
  expect(five.size).toBe(8 * gibibyte);
  const inParts = Array.from({ length: 8 }, () => byDoubling(mebibyte, 10));
  expect(combineCrcs("CRC32", inParts)).toBe(five.value);
});

function base64Of(crc: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc);
  return bytes.toString("base64");
}
