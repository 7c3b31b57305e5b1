import { describe, expect, it } from "vitest";
import type { OperatorSnapshot } from "../operator.ts";
import { seeded } from "../operators/test-operators.ts";
import { decodeSnapshot, encodeSnapshot, SnapshotFormatError } from "./index.ts";

function bytesOf(snapshot: OperatorSnapshot): Buffer<ArrayBuffer> {
  return Buffer.concat([...encodeSnapshot(snapshot)]);
}

function snapshotOf(
  columns: OperatorSnapshot["parts"][number]["columns"],
  rowCount: number,
): OperatorSnapshot {
  return { version: 3, mode: "exact", parts: [{ name: "p", rowCount, columns }] };
}

const rich = snapshotOf(
  [
    { name: "u8", values: Uint8Array.of(1, 0, 255, 7), nulls: undefined },
    { name: "i32", values: Int32Array.of(-1, 2 ** 31 - 1, 0, 7), nulls: Uint8Array.of(0, 1, 0, 0) },
    { name: "f64", values: Float64Array.of(-0, Number.NaN, Number.POSITIVE_INFINITY, 0.1), nulls: undefined },
    { name: "i64", values: BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n, 0n, -1n), nulls: undefined },
    { name: "text", values: ["", "é\u{1f600}", "\ufeffa", undefined], nulls: undefined },
    { name: "lone", values: ["\ud800", "a", "b", "c"], nulls: undefined },
    {
      name: "value",
      values: [
        [1, -0, 2n ** 100n, -(2n ** 70n), 127n, 128n, -128n, -129n, 0n],
        new Map<unknown, unknown>([
          ["a", [null, true]],
          [5n, Uint8Array.of(0, 1)],
        ]),
        Uint8Array.of(9),
        null,
      ],
      nulls: undefined,
    },
  ],
  4,
);

describe("a snapshot's bytes", () => {
  it("give back all kinds of columns", () => {
    expect(decodeSnapshot(bytesOf(rich))).toEqual(rich);
    const bare: OperatorSnapshot = { version: 1, mode: "double", parts: [] };
    expect(decodeSnapshot(bytesOf(bare))).toEqual(bare);
    const empty = snapshotOf([{ name: "a", values: [], nulls: undefined }], 0);
    expect(decodeSnapshot(bytesOf(empty))).toEqual(empty);
  });

  it("come in pieces that stay small", () => {
    const rowCount = 300_000;
    const numbers = Float64Array.from({ length: rowCount }, (_, at) => at);
    const texts = Array.from({ length: rowCount }, (_, at) => `key-${at}`);
    const large = snapshotOf(
      [
        { name: "n", values: numbers, nulls: new Uint8Array(rowCount) },
        { name: "t", values: texts, nulls: undefined },
      ],
      rowCount,
    );
    const pieces = [...encodeSnapshot(large)];
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(1_200_000);
    expect(decodeSnapshot(Buffer.concat(pieces))).toEqual(large);
  });

  it("are refused when a bit is another, wherever it is", () => {
    const bytes = bytesOf(rich);
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] as number) ^ (1 << (at % 8));
      expect(() => decodeSnapshot(damaged), `byte ${at}`).toThrow(SnapshotFormatError);
    }
  });

  it("are refused when some are missing or too many", () => {
    const bytes = bytesOf(rich);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => decodeSnapshot(bytes.subarray(0, length))).toThrow(SnapshotFormatError);
    }
    expect(() => decodeSnapshot(Buffer.concat([bytes, Buffer.of(0)]))).toThrow(SnapshotFormatError);
  });

  it("are refused when they are anything else", () => {
    const random = seeded(7);
    for (let round = 0; round < 300; round += 1) {
      const noise = Buffer.from(
        Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256)),
      );
      if (round % 2 === 0 && noise.length > 8) bytesOf(rich).copy(noise, 0, 0, 8);
      expect(() => decodeSnapshot(noise)).toThrow(SnapshotFormatError);
    }
  });

  it("a value that no column has is not written", () => {
    const bad = snapshotOf([{ name: "a", values: [{ a: 1 }], nulls: undefined }], 1);
    expect(() => bytesOf(bad)).toThrow(TypeError);
    let deep: unknown = 1;
    for (let depth = 0; depth < 300; depth += 1) deep = [deep];
    expect(() => bytesOf(snapshotOf([{ name: "a", values: [deep], nulls: undefined }], 1))).toThrow(/nested/);
  });
});
