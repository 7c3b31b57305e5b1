import { expect, test } from "vitest";
import { LogFailedError, LogFullError } from "./errors.ts";
import { FaultyFiles } from "./faulty-files.ts";
import { LogFixture, payloadOf, readAll, seededRandom } from "./log-fixture.ts";
import { toOffset } from "./offset.ts";

const batch = (seed: number, bytes = 1000) => ({ count: 1, kind: 1, payload: payloadOf(seed, bytes) });

test("short writes are completed, whatever their pieces", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store(
    { segmentMaxBytes: 60_000 },
    new FaultyFiles(seededRandom(1), { shortWrites: true }),
  );
  const log = await store.open("a");
  const appends = Array.from({ length: 60 }, (_, i) => log.append(batch(i, 200 * i)));
  await Promise.all(appends);
  await store.close();
  const batches = await readAll(await fixture.store().open("a"));
  expect(batches.every((read, i) => read.payload.equals(payloadOf(i, 200 * i)))).toBe(true);
  expect(batches).toHaveLength(60);
});

test.each([1, 2, 3, 4, 5])(
  "a full disk refuses appends, keeps what was promised and goes on with space (seed %i)",
  async (seed) => {
    await using fixture = new LogFixture();
    const random = seededRandom(seed);
    const files = new FaultyFiles(random);
    const store = fixture.store({ segmentMaxBytes: 30_000 }, files);
    const log = await store.open("a");
    const promised = new Map<number, number>();
    let refused = 0;
    for (let i = 0; i < 120; i++) {
      if (i % 10 === 0)
        files.spaceBytes = random() < 0.7 ? Math.floor(random() * 20_000) : Number.POSITIVE_INFINITY;
      const group = [i, i + 1000, i + 2000].map(async (id) => {
        try {
          promised.set((await log.append(batch(id))).firstOffset, id);
        } catch (error) {
          expect(error).toBeInstanceOf(LogFullError);
          expect(error).toMatchObject({ code: "ENOSPC", retryable: true });
          refused += 1;
        }
      });
      await Promise.all(group);
      expect(log.durableOffset).toBe(promised.size);
      expect(log.nextOffset).toBe(promised.size);
    }
    expect(refused).toBeGreaterThan(0);
    files.spaceBytes = Number.POSITIVE_INFINITY;
    promised.set((await log.append(batch(9999))).firstOffset, 9999);
    await store.close();
    const recovered = await fixture.store().open("a");
    const batches = await readAll(recovered);
    expect(batches.map((read) => read.firstOffset)).toEqual([...promised.keys()].sort((a, b) => a - b));
    for (const read of batches) {
      expect(read.payload.equals(payloadOf(promised.get(read.firstOffset) ?? -1, 1000))).toBe(true);
    }
    expect(recovered.corruptions).toEqual([]);
  },
);

test("a failed sync ends the log: nothing is retried, nothing new is visible, opening again recovers", async () => {
  await using fixture = new LogFixture();
  const files = new FaultyFiles(seededRandom(1));
  const store = fixture.store({}, files);
  const log = await store.open("a");
  await log.append(batch(0));
  files.failingSyncs = 1;
  const [first, second] = await Promise.allSettled([log.append(batch(1)), log.append(batch(2))]);
  expect(first).toMatchObject({ status: "rejected", reason: expect.any(LogFailedError) });
  expect(second).toMatchObject({ status: "rejected", reason: expect.any(LogFailedError) });
  const syncs = files.syncs;
  await expect(log.append(batch(3))).rejects.toThrow(LogFailedError);
  await expect(log.seal()).rejects.toThrow(LogFailedError);
  expect(files.syncs).toBe(syncs);
  expect(log.durableOffset).toBe(1);
  expect(await readAll(log)).toHaveLength(1);
  await log.close();
  const again = await store.open("a");
  // Their outcome was unknown; what is there now is whole, in order and durable.
  const read = await readAll(again);
  expect(read.every((found, i) => found.payload.equals(payloadOf(i, 1000)))).toBe(true);
  expect((await again.append(batch(read.length))).firstOffset).toBe(read.length);
});

test("what is written and not synced is not visible", async () => {
  await using fixture = new LogFixture();
  const files = new FaultyFiles(seededRandom(1));
  const log = await fixture.store({}, files).open("a");
  await log.append(batch(0));
  const held = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  files.beforeSync = () => {
    begun.resolve();
    return held.promise;
  };
  const appending = log.append(batch(1));
  await begun.promise;
  expect(log).toMatchObject({ durableOffset: 1, nextOffset: 2 });
  expect(await log.read(toOffset(1), { maxBytes: 1e6 })).toEqual([]);
  expect(await log.read(toOffset(0), { maxBytes: 1e6 })).toHaveLength(1);
  held.resolve();
  await appending;
  expect(await log.read(toOffset(1), { maxBytes: 1e6 })).toHaveLength(1);
});

test("appends that arrive during a sync share the next one", async () => {
  await using fixture = new LogFixture();
  const files = new FaultyFiles(seededRandom(1));
  const log = await fixture.store({}, files).open("a");
  await log.append(batch(0));
  const syncs = files.syncs;
  let more: Promise<unknown>[] = [];
  files.beforeSync = async () => {
    files.beforeSync = () => Promise.resolve();
    more = Array.from({ length: 100 }, (_, i) => log.append(batch(i + 2)));
  };
  await log.append(batch(1));
  await Promise.all(more);
  expect(more).toHaveLength(100);
  expect(files.syncs).toBe(syncs + 2);
});

test("in interval mode an append is acknowledged after the write and visible after the sync", async () => {
  await using fixture = new LogFixture();
  const files = new FaultyFiles(seededRandom(1));
  const log = await fixture.store({ durability: { mode: "interval", intervalMs: 10 } }, files).open("a");
  const synced = Promise.withResolvers<number>();
  log.onDurable((offset) => synced.resolve(offset));
  await log.append(batch(0));
  await log.append(batch(1));
  expect(log.durableOffset).toBe(0);
  fixture.clock.advance(10);
  expect(await synced.promise).toBe(2);
  expect(await readAll(log)).toHaveLength(2);
  files.failingSyncs = 1;
  await log.append(batch(2));
  fixture.clock.advance(10);
  await expect(log.seal()).rejects.toThrow(LogFailedError);
  expect(log.durableOffset).toBe(2);
});

test("a repair that fails ends the log", async () => {
  await using fixture = new LogFixture();
  const files = new FaultyFiles(seededRandom(1));
  const log = await fixture.store({}, files).open("a");
  await log.append(batch(0));
  files.spaceBytes = 10;
  files.failingTruncates = 1;
  await expect(log.append(batch(1))).rejects.toThrow(LogFailedError);
  files.spaceBytes = Number.POSITIVE_INFINITY;
  await expect(log.append(batch(2))).rejects.toThrow(LogFailedError);
});

test("a read that fails says so and may be tried again", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store();
  await (await store.open("a")).append(batch(0));
  await store.close();
  const files = new FaultyFiles(seededRandom(1));
  const log = await fixture.store({}, files).open("a");
  files.failingReads = 1;
  await expect(log.read(toOffset(0), { maxBytes: 1 })).rejects.toMatchObject({
    code: "EIO",
    retryable: true,
  });
  expect(await readAll(log)).toHaveLength(1);
});
