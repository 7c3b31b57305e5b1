import { describe, expect, it } from "vitest";
import { FramingError, MessageReader } from "./message-reader.ts";

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.from(`${type}\0\0\0\0`, "latin1");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** Numbers from 0 to 1 that are the same in each run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("messages in pieces", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("come out whole however they are cut, seed %i", (seed) => {
    const next = random(seed);
    const bodies = Array.from({ length: 60 }, (_, index) =>
      Buffer.alloc(Math.floor(next() ** 4 * 20_000), index),
    );
    const bytes = Buffer.concat(bodies.map((body, index) => message("ABCDEFG"[index % 7] ?? "A", body)));
    const reader = new MessageReader();
    const read: { type: number; body: Buffer }[] = [];
    for (let at = 0; at < bytes.length; ) {
      const end = Math.min(bytes.length, at + 1 + Math.floor(next() ** 3 * 9_000));
      reader.push(Buffer.from(bytes.subarray(at, end)));
      at = end;
      for (let got = reader.message(1_000_000); got !== undefined; got = reader.message(1_000_000))
        read.push(got);
    }
    // Bodies that were read first are still whole after all the others have come.
    expect(read.map((got) => got.body.length)).toEqual(bodies.map((body) => body.length));
    expect(read.every((got, index) => got.body.equals(bodies[index] ?? Buffer.of(1)))).toBe(true);
    expect(reader.bufferedBytes).toBe(0);
  });

  it("wait for a length that is not there yet", () => {
    const reader = new MessageReader();
    reader.push(Buffer.from("Q\0\0"));
    expect(reader.message(100)).toBeUndefined();
    reader.push(Buffer.from([0, 5]));
    expect(reader.message(100)).toBeUndefined();
    reader.push(Buffer.from("x"));
    expect(reader.message(100)?.body.toString()).toBe("x");
  });
});

describe("lengths that cannot be", () => {
  it.each([0, 3, -1, 101, 0x7fffffff, -0x80000000])("a message of %i bytes", (length) => {
    const reader = new MessageReader();
    const head = Buffer.from("Q\0\0\0\0");
    head.writeInt32BE(length, 1);
    reader.push(head);
    expect(() => reader.message(100)).toThrow(FramingError);
  });

  it.each([0, 4, 7, -5, 10_001])("a start-up packet of %i bytes", (length) => {
    const reader = new MessageReader();
    const head = Buffer.alloc(4);
    head.writeInt32BE(length);
    reader.push(head);
    expect(() => reader.startup(10_000)).toThrow("invalid length of startup packet");
  });
});
