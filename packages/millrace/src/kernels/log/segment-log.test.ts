import { expect, test } from "vitest";
import {
  LogBusyError,
  LogClosedError,
  LogInputError,
  LogSealedError,
  OffsetOutOfRangeError,
} from "./errors.ts";
import { logLimits } from "./limits.ts";
import type { Durability } from "./log.ts";
import { LogFixture, payloadOf, readAll } from "./log-fixture.ts";
import { toOffset } from "./offset.ts";

const sync: Durability = { mode: "sync" };
const memory: Durability = { mode: "memory" };

test.each([sync, memory])(
  "$mode: batches come back as appended, from the one that contains the offset",
  async (durability) => {
    await using fixture = new LogFixture();
    const log = await fixture.store({ durability }).open("a");
    expect(await log.append({ count: 3, kind: 1, payload: payloadOf(1, 10) })).toEqual({
      firstOffset: 0,
      appendTimeMs: fixture.clock.now(),
    });
    const parts = [payloadOf(2, 5000), payloadOf(3, 1), payloadOf(4, 7000)];
    await log.append({ count: 2, kind: 255, flags: 127, payload: parts, maxTimeMs: 5 });
    const [first, second] = await log.read(toOffset(2), { maxBytes: 1e6 });
    expect(first).toMatchObject({ firstOffset: 0, count: 3, kind: 1, flags: 0 });
    expect(first?.payload.equals(payloadOf(1, 10))).toBe(true);
    expect(second).toMatchObject({ firstOffset: 3, count: 2, kind: 255, flags: 127, maxTimeMs: 5 });
    expect(second?.payload.equals(Buffer.concat(parts))).toBe(true);
    expect(await log.read(toOffset(5), { maxBytes: 1e6 })).toEqual([]);
    expect(log).toMatchObject({ firstOffset: 0, nextOffset: 5, durableOffset: 5 });
  },
);

test.each([sync, memory])("$mode: the offset is assigned before append returns", async (durability) => {
  await using fixture = new LogFixture();
  const log = await fixture.store({ durability }).open("a");
  const appends = [];
  for (let i = 0; i < 50; i++) {
    const expected = log.nextOffset;
    appends.push(
      log.append({ count: i + 1, kind: 1, payload: Buffer.from([i]) }).then((a) => [a.firstOffset, expected]),
    );
  }
  for (const [got, expected] of await Promise.all(appends)) expect(got).toBe(expected);
});

test.each([sync, memory])(
  "$mode: limits are by whole batches and never starve a reader",
  async (durability) => {
    await using fixture = new LogFixture();
    const log = await fixture.store({ durability }).open("a");
    for (let i = 0; i < 10; i++) await log.append({ count: 10, kind: 1, payload: payloadOf(i, 1000) });
    const counts = async (maxBytes: number, maxRecords?: number) => {
      const limits = maxRecords === undefined ? { maxBytes } : { maxBytes, maxRecords };
      return (await log.read(toOffset(15), limits)).map((batch) => batch.firstOffset);
    };
    expect(await counts(0)).toEqual([10]);
    expect(await counts(2999)).toEqual([10, 20]);
    expect(await counts(3000)).toEqual([10, 20, 30]);
    expect(await counts(1e6, 5)).toEqual([10]);
    expect(await counts(1e6, 6)).toEqual([10, 20]);
    await expect(log.read(toOffset(0), { maxBytes: Number.NaN })).rejects.toThrow(LogInputError);
  },
);

test.each([sync, memory])("$mode: offsets outside the log are refused with its range", async (durability) => {
  await using fixture = new LogFixture();
  const log = await fixture.store({ durability }).open("a");
  await log.append({ count: 4, kind: 1, payload: Buffer.alloc(1) });
  const error = await log.read(toOffset(5), { maxBytes: 1 }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(OffsetOutOfRangeError);
  expect(error).toMatchObject({ firstOffset: 0, nextOffset: 4 });
});

test("what cannot be stored is refused and takes no offset", async () => {
  await using fixture = new LogFixture();
  const log = await fixture.store().open("a");
  const payload = Buffer.alloc(1);
  for (const bad of [
    { count: 0, kind: 1, payload },
    { count: 1.5, kind: 1, payload },
    { count: 2 ** 31, kind: 1, payload },
    { count: 1, kind: 0, payload },
    { count: 1, kind: 256, payload },
    { count: 1, kind: 1, flags: 128, payload },
    { count: 1, kind: 1, maxTimeMs: -1, payload },
    { count: 1, kind: 1, payload: [Buffer.alloc(logLimits.maxPayloadBytes), payload] },
  ]) {
    await expect(log.append(bad)).rejects.toThrow(LogInputError);
  }
  expect(log.nextOffset).toBe(0);
  await log.append({ count: 1, kind: 1, payload: [] });
  expect(await readAll(log)).toHaveLength(1);
});

test("more than the queue holds is refused at once, and taken once there is room", async () => {
  await using fixture = new LogFixture();
  const log = await fixture.store().open("a");
  const payload = Buffer.alloc(logLimits.maxPayloadBytes - 10_000);
  const append = () => log.append({ count: 1, kind: 1, payload });
  const taken = [append(), append()];
  await expect(append()).rejects.toThrow(LogBusyError);
  await Promise.all(taken);
  await expect(append()).resolves.toMatchObject({ firstOffset: 2 });
  expect(log.info.queuedBytes).toBe(0);
});

test("append times never fall, even when the clock does, and searches by time find them", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store();
  const log = await store.open("a");
  const start = fixture.clock.now();
  for (let i = 0; i < 100; i++) {
    await log.append({ count: 1, kind: 1, payload: payloadOf(i, 2000), maxTimeMs: i === 40 ? 10_000 : 100 });
    fixture.clock.advance(i === 50 ? -500 : 10);
  }
  for (const at of [log, await store.open("a")]) {
    expect(await at.offsetForTime(0)).toBe(0);
    expect(await at.offsetForTime(start + 1)).toBe(1);
    expect(await at.offsetForTime(start + 400)).toBe(40);
    expect(await at.offsetForTime(start + 500)).toBe(50);
    expect(await at.offsetForTime(start + 1e9)).toBe(100);
    expect(await at.offsetForTime(101, "max")).toBe(40);
    expect(await at.offsetForTime(10_001, "max")).toBe(100);
  }
  const times = (await readAll(log)).map((batch) => batch.appendTimeMs);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(log.lastAppendTimeMs).toBe(times.at(-1));
});

test("listeners hear of each move of the watermark until they stop listening", async () => {
  await using fixture = new LogFixture();
  const log = await fixture.store().open("a");
  const heard: number[] = [];
  log.onDurable(() => {
    throw new Error("a listener that fails");
  });
  const listening = log.onDurable((offset) => heard.push(offset));
  await log.append({ count: 2, kind: 1, payload: Buffer.alloc(1) });
  await Promise.all([1, 2, 3].map((count) => log.append({ count, kind: 1, payload: Buffer.alloc(1) })));
  listening[Symbol.dispose]();
  await log.append({ count: 1, kind: 1, payload: Buffer.alloc(1) });
  expect(heard).toEqual([2, 8]);
  for (let i = 1; i < logLimits.maxListeners; i++) log.onDurable(() => undefined);
  expect(() => log.onDurable(() => undefined)).toThrow(LogBusyError);
});

test.each([sync, memory])(
  "$mode: a sealed log keeps what came before and takes nothing after",
  async (durability) => {
    await using fixture = new LogFixture();
    const store = fixture.store({ durability });
    const log = await store.open("a");
    const before = log.append({ count: 1, kind: 1, payload: Buffer.from("before") });
    const sealing = log.seal();
    await expect(log.append({ count: 1, kind: 1, payload: Buffer.from("after") })).rejects.toThrow(
      LogSealedError,
    );
    await Promise.all([before, sealing, log.seal()]);
    expect((await readAll(log)).map((batch) => batch.payload.toString())).toEqual(["before"]);
    if (durability.mode === "memory") return;
    await log.close();
    const again = await store.open("a");
    expect(again).toMatchObject({ sealed: true, firstOffset: 0, nextOffset: 1, durableOffset: 1 });
    await expect(again.append({ count: 1, kind: 1, payload: Buffer.alloc(1) })).rejects.toThrow(
      LogSealedError,
    );
    expect(await readAll(again)).toHaveLength(1);
  },
);

test("an empty log can be sealed, and stays sealed", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store();
  await (await store.open("a")).seal();
  await store.close();
  expect(await fixture.store().open("a")).toMatchObject({ sealed: true, nextOffset: 0 });
});

test("a closed log wrote everything it took and does nothing more", async () => {
  await using fixture = new LogFixture();
  const store = fixture.store();
  const log = await store.open("a");
  const appends = Array.from({ length: 20 }, (_, i) =>
    log.append({ count: 1, kind: 1, payload: payloadOf(i, 9000) }),
  );
  await log.close();
  await Promise.all(appends);
  await expect(log.append({ count: 1, kind: 1, payload: Buffer.alloc(1) })).rejects.toThrow(LogClosedError);
  await expect(log.read(toOffset(0), { maxBytes: 1 })).rejects.toThrow(LogClosedError);
  expect(await readAll(await store.open("a"))).toHaveLength(20);
});
