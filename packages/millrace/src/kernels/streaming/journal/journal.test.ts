import { describe, expect, it } from "vitest";
import { MemoryFiles } from "../checkpoint/test-memory-files.ts";
import { Journal, readJournal } from "./journal.ts";
import { decodeFrames, encodeFrame } from "./journal-frame.ts";
import type { RoundDescription } from "./round-description.ts";

const round = (number: number): RoundDescription => ({ number, nowMs: number * 10, sources: [] });

async function filled(disk: MemoryFiles, from: number, to: number): Promise<Journal> {
  const journal = new Journal(disk.process(), "/run", from - 1);
  for (let number = from; number <= to; number += 1) await journal.append(round(number));
  return journal;
}

const read = (disk: MemoryFiles, after: number): Promise<readonly RoundDescription[]> =>
  readJournal(disk.process(), "/run", after);
const numbers = async (disk: MemoryFiles, after: number): Promise<readonly number[]> =>
  (await read(disk, after)).map(({ number }) => number);

describe("a journal", () => {
  it("gives back the rounds behind a checkpoint, over several files", async () => {
    const disk = new MemoryFiles();
    const journal = await filled(disk, 1, 3);
    await journal.rotate();
    await journal.append(round(4));
    await journal.close();
    const again = new Journal(disk.process(), "/run", 4);
    await again.append(round(5));
    expect(disk.paths()).toHaveLength(3);
    expect(await numbers(disk, 0)).toEqual([1, 2, 3, 4, 5]);
    expect(await read(disk, 3)).toEqual([round(4), round(5)]);
    expect(await numbers(disk, 9)).toEqual([]);
  });

  it("shares one sync between rounds that come while it writes", async () => {
    const disk = new MemoryFiles();
    let syncs = 0;
    const files = disk.process((operation, path) => {
      if (operation === "sync" && path.includes("journal")) syncs += 1;
    });
    const journal = new Journal(files, "/run", 0);
    await Promise.all([1, 2, 3, 4, 5].map((number) => journal.append(round(number))));
    expect(syncs).toBeLessThan(4);
    expect(await numbers(disk, 0)).toEqual([1, 2, 3, 4, 5]);
  });

  it("keeps what was acknowledged at a crash, and perhaps what was not", async () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const disk = new MemoryFiles();
      const journal = await filled(disk, 1, 3);
      void journal.append(round(4));
      for (let turn = 0; turn < seed % 7; turn += 1) await Promise.resolve();
      disk.crash(() => seed / 20);
      const found = await numbers(disk, 0);
      expect(found.slice(0, 3)).toEqual([1, 2, 3]);
      expect([
        [1, 2, 3],
        [1, 2, 3, 4],
      ]).toContainEqual(found);
    }
  });

  it("writes nothing behind a failed write", async () => {
    const disk = new MemoryFiles();
    let fails = false;
    const files = disk.process((operation) => {
      if (fails && operation === "write") throw new Error("ENOSPC");
    });
    const journal = new Journal(files, "/run", 0);
    await journal.append(round(1));
    fails = true;
    await expect(journal.append(round(2))).rejects.toThrow("ENOSPC");
    fails = false;
    await expect(journal.append(round(3))).rejects.toThrow("ENOSPC");
    expect(await numbers(disk, 0)).toEqual([1]);
  });

  it("drops files of which every round is below", async () => {
    const disk = new MemoryFiles();
    const journal = await filled(disk, 1, 3);
    await journal.rotate();
    await journal.append(round(4));
    await journal.dropBefore(4);
    expect(await numbers(disk, 3)).toEqual([4]);
    expect(disk.paths()).toHaveLength(1);
    await journal.dropBefore(5);
    expect(disk.paths()).toHaveLength(1);
  });

  it("refuses a gap, and damage that is not at its end", async () => {
    const disk = new MemoryFiles();
    await filled(disk, 1, 2);
    await filled(disk, 4, 5);
    await expect(read(disk, 0)).rejects.toThrow("goes on with round 4 instead of 3");
    expect(await numbers(disk, 3)).toEqual([4, 5]);
    const damaged = new MemoryFiles();
    await filled(damaged, 1, 3);
    damaged.damage(damaged.paths()[0] ?? "", 20);
    await expect(read(damaged, 0)).rejects.toThrow("is damaged");
  });
});

describe("frames", () => {
  const payloads = ["[1]", "x".repeat(500), '["MRJ1"]'];
  const bytes = Buffer.concat(payloads.map(encodeFrame));

  it("come back, cut off anywhere", () => {
    expect(decodeFrames(bytes)).toEqual({ payloads, end: "whole" });
    for (let length = 0; length < bytes.length; length += 1) {
      const { payloads: found, end } = decodeFrames(bytes.subarray(0, length));
      expect(found).toEqual(payloads.slice(0, found.length));
      expect(end === "whole").toBe(encodedLength(found) === length);
    }
  });

  it("are damaged, not torn, when a whole one follows a broken one", () => {
    for (let at = 0; at < bytes.length; at += 1) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 0x10;
      const { payloads: found, end } = decodeFrames(flipped);
      expect(found.length).toBeLessThan(3);
      expect(end).toBe(found.length === 2 ? "torn" : "damaged");
    }
  });

  function encodedLength(found: readonly string[]): number {
    return found.reduce((sum, payload) => sum + encodeFrame(payload).length, 0);
  }
});
