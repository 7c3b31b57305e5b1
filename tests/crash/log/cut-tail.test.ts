import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import {
  LogFixture,
  payloadOf,
  readAll,
  seededRandom,
} from "../../../packages/millrace/src/kernels/log/log-fixture.ts";

const segment = "00000000000000000000.seg";
const index = "00000000000000000000.idx";
const headerBytes = 34;
const sizes = [700, 300, 1, 0, 250, 90];
const seedOf = (firstOffset: number) => firstOffset / 3;

/** A log of six batches of three records; returns where each frame begins, and where the last one ends. */
async function writeLog(fixture: LogFixture): Promise<readonly number[]> {
  const store = fixture.store();
  const log = await store.open("a");
  for (const [i, bytes] of sizes.entries())
    await log.append({ count: 3, kind: 1, payload: payloadOf(i, bytes) });
  await store.close();
  fs.rmSync(fixture.path("a", index));
  const ends = [4096];
  for (const bytes of sizes) ends.push((ends.at(-1) ?? 0) + headerBytes + bytes);
  return ends;
}

/** Opens a copy of the log with other bytes in its segment and returns the offsets that are readable. */
async function opened(fixture: LogFixture, bytes: Buffer) {
  const copy = new LogFixture();
  fs.cpSync(fixture.path("a"), copy.path("a"), { recursive: true });
  fs.writeFileSync(path.join(copy.path("a"), segment), bytes);
  const log = await copy.store().open("a");
  const batches = await readAll(log);
  for (const batch of batches) {
    const bytesOfBatch = sizes[seedOf(batch.firstOffset)] ?? -1;
    expect(batch.payload.equals(payloadOf(seedOf(batch.firstOffset), bytesOfBatch))).toBe(true);
  }
  return { copy, log, offsets: batches.map((batch) => batch.firstOffset) };
}

test("a file cut at every byte of its last frames keeps every whole frame and only those", async () => {
  await using fixture = new LogFixture();
  const ends = await writeLog(fixture);
  const bytes = fs.readFileSync(fixture.path("a", segment));
  for (let length = ends[1] ?? 0; length <= (ends.at(-1) ?? 0); length++) {
    const { copy, log, offsets } = await opened(fixture, bytes.subarray(0, length));
    const whole = ends.filter((end) => end <= length).length - 1;
    expect(offsets, `cut at ${length}`).toEqual(Array.from({ length: whole }, (_, i) => 3 * i));
    expect(log.corruptions).toEqual([]);
    expect((await log.append({ count: 3, kind: 1, payload: Buffer.alloc(1) })).firstOffset).toBe(3 * whole);
    await copy[Symbol.asyncDispose]();
  }
});

test("a write that stopped at any byte, in preallocated zeros, is cut the same way", async () => {
  await using fixture = new LogFixture();
  const ends = await writeLog(fixture);
  const bytes = fs.readFileSync(fixture.path("a", segment));
  const last = ends.at(-1) ?? 0;
  for (let length = ends[4] ?? 0; length <= last; length++) {
    const torn = Buffer.from(bytes).fill(0, length);
    const { copy, log, offsets } = await opened(fixture, torn);
    // A payload's own zeros may complete the frame: then it is the frame.
    const whole = ends.filter((end) => torn.subarray(0, end).equals(bytes.subarray(0, end))).length - 1;
    expect(offsets, `stopped at ${length}`).toEqual(Array.from({ length: whole }, (_, i) => 3 * i));
    expect(log.corruptions).toEqual([]);
    await copy[Symbol.asyncDispose]();
  }
});

test("flipped bits are never read as data, and never take a good frame with them", async () => {
  await using fixture = new LogFixture();
  const ends = await writeLog(fixture);
  const bytes = fs.readFileSync(fixture.path("a", segment));
  const random = seededRandom(99);
  for (let trial = 0; trial < 300; trial++) {
    const damaged = Buffer.from(bytes);
    const hit = new Set<number>();
    for (let flips = 1 + Math.floor(random() * 4); flips > 0; flips--) {
      const first = ends[0] ?? 0;
      const at = first + Math.floor(random() * ((ends.at(-1) ?? 0) - first));
      damaged[at] = (damaged[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      hit.add(ends.filter((end) => end <= at).length - 1);
    }
    for (const frame of [...hit]) {
      const [from = 0, to = 0] = [ends[frame], ends[frame + 1]];
      if (damaged.subarray(from, to).equals(bytes.subarray(from, to))) hit.delete(frame);
    }
    const { copy, log, offsets } = await opened(fixture, damaged);
    const good = sizes.map((_, i) => i).filter((i) => !hit.has(i));
    expect(offsets, `trial ${trial}`).toEqual(good.map((i) => 3 * i));
    // Damage with good frames behind it is reported; at the very end it cannot be told from a torn write.
    const inside = [...hit].filter((i) => i < (good.at(-1) ?? -1));
    expect(log.corruptions.reduce((lost, report) => lost + report.count, 0)).toBe(3 * inside.length);
    await copy[Symbol.asyncDispose]();
  }
});
