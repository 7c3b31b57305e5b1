import { expect, test } from "vitest";
import { OffsetOutOfRangeError } from "./errors.ts";
import { LogFixture, payloadOf, readAll } from "./log-fixture.ts";
import { toOffset } from "./offset.ts";

const hourMs = 3_600_000;
const batch = (seed: number, bytes = 1000) => ({ count: 1, kind: 1, payload: payloadOf(seed, bytes) });

test("too old batches are hidden at once, and their segments removed once nothing else is in them", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store({ segmentMaxBytes: 14_000, retention: { maxAgeMs: 24 * hourMs } });
  const log = await store.open("a");
  for (let i = 0; i < 48; i++) {
    await log.append(batch(i));
    fixture.clock.advance(hourMs / 4);
  }
  await log.trim();
  expect(log.firstOffset).toBe(0);
  fixture.clock.advance(16 * hourMs);
  await log.trim();
  expect(log.firstOffset).toBe(16);
  expect((await readAll(log)).map((read) => read.firstOffset)).toEqual(
    Array.from({ length: 32 }, (_, i) => i + 16),
  );
  await expect(log.read(toOffset(15), { maxBytes: 1 })).rejects.toThrow(OffsetOutOfRangeError);
  await store.close();
  const again = await fixture.store().open("a");
  expect(again).toMatchObject({ firstOffset: 16, nextOffset: 48 });
  expect(again.corruptions).toEqual([]);
});

test("a log whose data has all expired is empty, keeps its offsets and its times", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store({ retention: { maxAgeMs: 24 * hourMs } });
  const log = await store.open("a");
  for (let i = 0; i < 10; i++) await log.append(batch(i));
  const lastAppendTimeMs = log.lastAppendTimeMs;
  await log.seal();
  fixture.clock.advance(25 * hourMs);
  await log.trim();
  expect(log).toMatchObject({ firstOffset: 10, nextOffset: 10, lastAppendTimeMs });
  expect(await log.read(toOffset(10), { maxBytes: 1 })).toEqual([]);
  expect(fixture.names("a")).toEqual(["state.json"]);
  await store.close();
  expect(await fixture.store().open("a")).toMatchObject({
    firstOffset: 10,
    nextOffset: 10,
    sealed: true,
    lastAppendTimeMs,
  });
});

test("a segment that is still written is ended by age so that it can go", async () => {
  await using fixture = new LogFixture();
  const log = await fixture.store({ retention: { maxAgeMs: 24 * hourMs } }).open("a");
  await log.append(batch(1));
  fixture.clock.advance(26 * hourMs);
  await log.trim();
  expect(log).toMatchObject({ firstOffset: 1, nextOffset: 1 });
  expect(log.info).toMatchObject({ segments: 0, bytes: 0 });
  expect(await log.append(batch(2))).toMatchObject({ firstOffset: 1 });
});

test("a shorter retention hides at once, a longer one brings nothing back", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store({ retention: { maxAgeMs: 48 * hourMs } });
  const log = await store.open("a");
  for (let i = 0; i < 4; i++) {
    await log.append(batch(i));
    fixture.clock.advance(10 * hourMs);
  }
  await log.setRetention({ maxAgeMs: 24 * hourMs });
  expect(log.firstOffset).toBe(2);
  await log.setRetention({});
  expect(log.firstOffset).toBe(2);
  fixture.clock.advance(1000 * hourMs);
  await log.trim();
  expect(log.firstOffset).toBe(2);
  await store.close();
  expect(await fixture.store().open("a")).toMatchObject({ firstOffset: 2, nextOffset: 4 });
});

test("by size, whole segments go from the front and at least the promised size stays", async () => {
  await using fixture = new LogFixture();
  const log = await fixture.store({ segmentMaxBytes: 14_000, retention: { maxBytes: 30_000 } }).open("a");
  for (let i = 0; i < 60; i++) await log.append(batch(i));
  await log.trim();
  expect(log.info.bytes).toBeGreaterThanOrEqual(30_000);
  expect(log.info.bytes).toBeLessThan(30_000 + 2 * 14_000);
  const offsets = (await readAll(log)).map((read) => read.firstOffset);
  expect(offsets[0]).toBe(log.firstOffset);
  expect(offsets.at(-1)).toBe(59);
  expect(offsets).toHaveLength(60 - log.firstOffset);
});

test("the store applies retention by itself", async () => {
  await using fixture = new LogFixture();
  const log = await fixture.store({ retention: { maxAgeMs: hourMs } }).open("a");
  await log.append(batch(0));
  fixture.clock.advance(2 * hourMs);
  while (log.firstOffset === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(log.firstOffset).toBe(1);
});

test("in memory, size and age bound what is kept", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store({
    durability: { mode: "memory" },
    retention: { maxBytes: 5000, maxAgeMs: hourMs },
  });
  const log = await store.open("a");
  for (let i = 0; i < 20; i++) await log.append(batch(i));
  expect(log.firstOffset).toBe(15);
  expect(await readAll(log)).toHaveLength(5);
  fixture.clock.advance(2 * hourMs);
  await log.trim();
  expect(log).toMatchObject({ firstOffset: 20, nextOffset: 20 });
  expect(log.info.bytes).toBe(0);
});

test("reads and trims at the same time give a batch or say what is left", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store({ segmentMaxBytes: 14_000, retention: { maxBytes: 14_000 } });
  const log = await store.open("a");
  for (let round = 0; round < 20; round++) {
    for (let i = 0; i < 10; i++) await log.append(batch(i));
    const from = log.firstOffset;
    const reading = log.read(from, { maxBytes: 1 }).catch((error) => error);
    await log.trim();
    const read = await reading;
    if (read instanceof OffsetOutOfRangeError) expect(read.firstOffset).toBeGreaterThan(from);
    else expect(read[0]?.firstOffset).toBe(from);
  }
});
