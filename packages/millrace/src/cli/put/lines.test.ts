import { expect, it } from "vitest";
import { LineTooLongError, linesOf, maxLineBytes } from "./lines.ts";

async function lines(...chunks: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const line of linesOf(chunksOf(chunks.map((chunk) => Buffer.from(chunk)))))
    found.push(Buffer.from(line).toString());
  return found;
}

async function* chunksOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

it("finds lines across chunks, and leaves empty ones out", async () => {
  expect(await lines("a\nb", "c\r\n\n\r\n", "", "d")).toEqual(["a", "bc", "d"]);
  expect(await lines()).toEqual([]);
  expect(await lines("\n\n")).toEqual([]);
});

it("finds lines of many small chunks", async () => {
  expect(await lines(..."one\ntwo\r\nthree".split(""))).toEqual(["one", "two", "three"]);
});

it("refuses a line without end instead of keeping it", async () => {
  const chunk = Buffer.alloc(maxLineBytes / 2, "x");
  let handed = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("first\n");
    for (;;) {
      handed++;
      yield chunk;
    }
  }
  const reading = (async () => {
    for await (const _ of linesOf(endless()));
  })();
  await expect(reading).rejects.toThrow(LineTooLongError);
  await expect(reading).rejects.toThrow("Line 2");
  expect(handed).toBe(3);
});
