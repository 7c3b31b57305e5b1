import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { HeldClock } from "./held-clock.ts";

it("stands still, and runs each timer at its own time", async () => {
  const clock = new HeldClock(1_000);
  const seen: [string, number][] = [];
  clock.after(30, () => seen.push(["c", clock.now()]));
  clock.after(10, () => {
    seen.push(["a", clock.now()]);
    clock.after(10, () => seen.push(["b", clock.now()]));
  });
  const cancelled = clock.after(5, () => seen.push(["never", clock.now()]));
  clock.after(31, () => seen.push(["later", clock.now()]));
  cancelled.cancel();
  await clock.advance(30);
  expect(clock.now()).toBe(1_030);
  expect(seen).toEqual([
    ["a", 1_010],
    ["b", 1_020],
    ["c", 1_030],
  ]);
  await clock.advance(1);
  expect(seen.at(-1)).toEqual(["later", 1_031]);
});

it("runs what is to happen at once without being advanced", async () => {
  const clock = new HeldClock(0);
  await new Promise<void>((resolve) => void clock.after(0, resolve));
  clock.after(0, () => expect.unreachable()).cancel();
  expect(clock.now()).toBe(0);
});

it("waits for the files that a timer works on, before the next one runs and at the end", async () => {
  const folder = await mkdtemp(join(tmpdir(), "millrace-clock-"));
  const clock = new HeldClock(0);
  const path = join(folder, "file");
  const seen: string[] = [];
  const work = async (text: string): Promise<void> => {
    const before = await readFile(path, "utf8").catch(() => "");
    await writeFile(path, before + text);
    seen.push(await readFile(path, "utf8"));
  };
  clock.after(10, () => void work("a"));
  clock.after(11, () => void work("b"));
  await clock.advance(60_000);
  expect(seen).toEqual(["a", "ab"]);
  await rm(folder, { recursive: true });
});

it("advances once at a time, and never backwards", async () => {
  const clock = new HeldClock(0);
  const seen: number[] = [];
  clock.after(5, () => seen.push(clock.now()));
  await Promise.all([clock.advance(3), clock.advance(3)]);
  expect(seen).toEqual([5]);
  expect(clock.now()).toBe(6);
  await expect(clock.advance(-1)).rejects.toThrow(RangeError);
  await expect(clock.advance(Number.NaN)).rejects.toThrow(RangeError);
  await clock.advance(0);
  expect(clock.now()).toBe(6);
});
