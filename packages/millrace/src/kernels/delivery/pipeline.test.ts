import { expect, test } from "vitest";
import { ManualClock, type Timer } from "../../core/clock.ts";
import { BacklogFullError, PipelineClosedError } from "./errors.ts";
import { DeliveryFixture, put } from "./test-delivery.ts";

test("a buffer is delivered when its size is reached, with the records that reached it", async () => {
  await using fixture = new DeliveryFixture();
  const pipeline = await fixture.open(fixture.plan({ hints: { maxBytes: 10, maxAgeMs: 60_000 } }));
  await put(pipeline, "aaaa", "bbbb", "cccc", "dddd");
  await fixture.until(() => fixture.observer.deliveries.length === 1);
  expect(fixture.sink.texts).toEqual(["aaaa", "bbbb", "cccc"]);
  expect(fixture.observer.deliveries[0]).toMatchObject({ consumer: "destination", records: 3, bytes: 12 });
  await put(pipeline, "eeee", "ffff");
  await fixture.until(() => fixture.observer.deliveries.length === 2);
  expect(
    [...fixture.sink.objects.values()].map(({ texts, identity }) => [identity.firstOffset, texts]),
  ).toEqual([
    [0, ["aaaa", "bbbb", "cccc"]],
    [3, ["dddd", "eeee", "ffff"]],
  ]);
});

test("a buffer is delivered when its first record has waited long enough, and not before", async () => {
  await using fixture = new DeliveryFixture();
  const pipeline = await fixture.open();
  const arrivedMs = fixture.clock.now();
  await put(pipeline, "a");
  await fixture.until(() => (pipeline.stats()[0]?.activePartitions ?? 0) === 1);
  fixture.clock.advance(40_000);
  await put(pipeline, "b");
  fixture.clock.advance(19_999);
  await put(pipeline, "c");
  expect(fixture.sink.attempts).toBe(0);
  expect(pipeline.stats()).toMatchObject([
    { name: "destination", backlogRecords: 3, oldestArrivalTimeMs: arrivedMs },
  ]);
  fixture.clock.advance(1);
  await fixture.until(() => fixture.observer.deliveries.length === 1);
  expect(fixture.sink.texts).toEqual(["a", "b", "c"]);
  expect(fixture.observer.deliveries[0]?.firstArrivalTimeMs).toBe(arrivedMs);
  await fixture.until(() => pipeline.stats()[0]?.backlogRecords === 0);
  expect(pipeline.stats()[0]).toMatchObject({
    backlogBytes: 0,
    oldestArrivalTimeMs: undefined,
    activePartitions: 0,
  });
});

test("an age of 0 delivers what there is without any time passing", async () => {
  await using fixture = new DeliveryFixture();
  const pipeline = await fixture.open(fixture.plan({ hints: { maxBytes: 1e6, maxAgeMs: 0 } }));
  await put(pipeline, "a", "b");
  await fixture.until(() => fixture.sink.texts.length === 2);
  await put(pipeline, "c");
  await fixture.until(() => fixture.sink.objects.size === 2);
});

test("flush delivers what was appended before it, and says when", async () => {
  await using fixture = new DeliveryFixture();
  const pipeline = await fixture.open();
  await pipeline.flush();
  await put(pipeline, "a", "b");
  await pipeline.flush();
  expect(fixture.sink.texts).toEqual(["a", "b"]);
  await put(pipeline, "c");
  fixture.sink.refuse = () => ({ retry: { errorCode: "S3.SlowDown", errorMessage: "slow down" } });
  const stop = new AbortController();
  const flushing = pipeline.flush(stop.signal);
  await fixture.until(() => fixture.sink.attempts > 1);
  stop.abort(new Error("no longer wanted"));
  await expect(flushing).rejects.toThrow("no longer wanted");
  const ending = expect(pipeline.flush()).rejects.toThrow(PipelineClosedError);
  await pipeline.close();
  await ending;
});

test("what was flushed is committed: a crash right behind it delivers nothing again", async () => {
  await using fixture = new DeliveryFixture();
  const partitioning = {
    maxActivePartitions: 10,
    partitionOf: ({ data }: { readonly data: Buffer }) => ({ id: data.toString() }),
    overflow: () => {
      throw new Error("there are few partitions");
    },
  };
  const plan = fixture.plan({ partitioning });
  let pipeline = await fixture.open(plan);
  for (let round = 1; round <= 5; round++) {
    await put(pipeline, "a", "b", "c");
    await pipeline.flush();
    await fixture.crash();
    const { attempts } = fixture.sink;
    expect(attempts).toBe(round * 3);
    pipeline = await fixture.open(plan);
    await pipeline.flush();
    expect(fixture.sink.attempts).toBe(attempts);
  }
});

test("tells how full and how old its buffers are", async () => {
  await using fixture = new DeliveryFixture();
  const pipeline = await fixture.open();
  const hints = { maxBytes: 1024 * 1024, maxAgeMs: 60_000 };
  expect(pipeline.stats()[0]).toMatchObject({ hints, buffered: { partitions: 0, bytes: 0 } });
  const openedMs = fixture.clock.now();
  await put(pipeline, "aaaa", "bbbb");
  await fixture.until(() => pipeline.stats()[0]?.buffered.bytes === 8);
  fixture.clock.advance(10_000);
  await put(pipeline, "cc");
  await fixture.until(() => pipeline.stats()[0]?.buffered.bytes === 10);
  expect(pipeline.stats()[0]?.buffered).toEqual({
    ...{ partitions: 1, bytes: 10, fullestBytes: 10, closedBuffers: 0, closedBytes: 0 },
    oldestOpenedMs: openedMs,
  });
  fixture.sink.refuse = () => ({ retry: { errorCode: "S3.SlowDown", errorMessage: "slow down" } });
  fixture.clock.advance(50_000);
  await fixture.until(() => fixture.sink.attempts > 0);
  expect(pipeline.stats()[0]?.buffered).toEqual({
    ...{ partitions: 0, bytes: 0, fullestBytes: 0, closedBuffers: 1, closedBytes: 10 },
  });
});

test("what was not delivered is delivered after closing or crashing, and nothing twice", async () => {
  await using fixture = new DeliveryFixture();
  const plan = fixture.plan({ hints: { maxBytes: 4, maxAgeMs: 60_000 } });
  let pipeline = await fixture.open(plan);
  await put(pipeline, "aa", "bb", "c");
  await fixture.until(() => fixture.observer.deliveries.length === 1);
  await pipeline.close();
  expect(fixture.sink.closed).toBe(1);
  await expect(put(pipeline, "x")).rejects.toThrow(PipelineClosedError);
  pipeline = await fixture.open(plan);
  await put(pipeline, "d");
  await fixture.crash();
  pipeline = await fixture.open(plan);
  await pipeline.flush();
  expect(fixture.sink.arrived).toEqual(["aa", "bb", "c", "d"]);
});

test("a crash between delivery and commit writes the same object again", async () => {
  await using fixture = new DeliveryFixture();
  let pipeline = await fixture.open();
  await put(pipeline, "a", "b");
  const crashed = new Promise<void>((resolve) => {
    fixture.sink.onKept = () => {
      fixture.sink.onKept = () => {};
      void fixture.crash().then(resolve);
    };
  });
  pipeline.flush().catch(() => {});
  await crashed;
  pipeline = await fixture.open();
  await put(pipeline, "c");
  await pipeline.flush();
  expect(fixture.sink.arrived).toEqual(["a", "b", "a", "b", "c"]);
  expect([...fixture.sink.objects.values()].map(({ texts }) => texts)).toEqual([["a", "b"], ["c"]]);
});

test("consumers go on independently, and the intake keeps what the slowest needs", async () => {
  await using fixture = new DeliveryFixture();
  const backup = fixture.consumer({ name: "backup", sink: fixture.errors });
  const plan = { consumers: [fixture.consumer({ hints: { maxBytes: 1, maxAgeMs: 0 } }), backup] };
  const limits = { idleTrimBytes: 1, trimStepBytes: 1 };
  const pipeline = await fixture.open(plan, limits);
  const log = await fixture.logs?.open("orders.1/intake");
  await put(pipeline, "a", "b");
  await fixture.until(() => pipeline.stats()[0]?.backlogRecords === 0);
  expect(pipeline.stats()[1]).toMatchObject({ name: "backup", backlogRecords: 2 });
  expect(log?.firstOffset).toBe(0);
  await pipeline.flush();
  expect(fixture.errors.texts).toEqual(["a", "b"]);
  await fixture.until(() => log?.firstOffset === 2);
  await fixture.until(() => log?.info.bytes === 0);
});

test("a backlog over its bound refuses appends until something is delivered", async () => {
  await using fixture = new DeliveryFixture();
  fixture.sink.refuse = () => ({ retry: { errorCode: "S3.NoSuchBucket", errorMessage: "no bucket" } });
  const hints = { maxBytes: 100, maxAgeMs: 0 };
  const pipeline = await fixture.open(fixture.plan({ hints }), { maxBacklogBytes: 1000 });
  for (let i = 0; i < 10; i++) await put(pipeline, "x".repeat(100));
  await expect(put(pipeline, "y")).rejects.toThrow(BacklogFullError);
  const stop = new AbortController();
  let hasRoom = false;
  const room = pipeline.room(stop.signal).then(() => {
    hasRoom = true;
  });
  await fixture.until(() => fixture.sink.attempts > 0);
  expect(hasRoom).toBe(false);
  fixture.sink.refuse = () => undefined;
  await fixture.passing(pipeline.flush());
  await room;
  await put(pipeline, "y");
  await pipeline.flush();
  expect(fixture.sink.texts).toHaveLength(11);
  stop.abort(new Error("enough"));
  await expect(pipeline.room(stop.signal)).rejects.toThrow("enough");
});

test("deleting removes logs and positions, also of a pipeline that is not open", async () => {
  await using fixture = new DeliveryFixture();
  const first = await fixture.open();
  await put(first, "a");
  await first.delete();
  expect(await fixture.logs?.list()).toEqual([]);
  const second = await fixture.open();
  await put(second, "b");
  await expect(fixture.open()).rejects.toThrow("is open");
  await fixture.close();
  const third = await fixture.open();
  await third.close();
  await fixture.pipelines?.delete("orders.1");
  expect(await fixture.logs?.list()).toEqual([]);
  const fourth = await fixture.open();
  await put(fourth, "c");
  await fourth.flush();
  expect(fixture.sink.texts).toEqual(["c"]);
});

test("records of a stream come with their origin, and each lane goes on where its records end", async () => {
  await using fixture = new DeliveryFixture();
  const limits = { idleTrimBytes: 1, trimStepBytes: 1 };
  const origins: unknown[] = [];
  const sink = fixture.sink;
  sink.refuse = ({ encoded }) => void origins.push(...(encoded.records ?? []).map(({ origin }) => origin));
  let pipeline = await fixture.open(fixture.plan(), limits);
  const origin = { partitionKey: "k", sequenceNumber: "49", shardId: "shard-0", subSequenceNumber: 3 };
  const record = { data: Buffer.from("a"), arrivalTimeMs: 123, origin };
  expect(await pipeline.lanePosition("shard-0")).toBeUndefined();
  await pipeline.appendCopied("shard-0", "49", [record]);
  await pipeline.appendCopied("shard-1", "7", [{ ...record, data: Buffer.from("b") }]);
  await pipeline.appendCopied("shard-1", "8", []);
  await fixture.crash();
  pipeline = await fixture.open(fixture.plan(), limits);
  expect(await pipeline.lanePosition("shard-0")).toBe("49");
  expect(await pipeline.lanePosition("shard-1")).toBe("8");
  await pipeline.flush();
  expect(sink.texts).toEqual(["a", "b"]);
  expect(origins).toEqual([origin, origin]);
  expect(fixture.observer.deliveries[0]?.firstArrivalTimeMs).toBe(123);
  const log = await fixture.logs?.open("orders.1/intake");
  await fixture.until(() => log?.firstOffset === 3);
  await fixture.crash();
  pipeline = await fixture.open(fixture.plan(), limits);
  expect(await pipeline.lanePosition("shard-0")).toBe("49");
  expect(await pipeline.lanePosition("shard-1")).toBe("8");
  expect(await pipeline.lanePosition("shard-2")).toBeUndefined();
});

/** Knows how many timers run. */
class CountingClock extends ManualClock {
  readonly timers: Set<symbol> = new Set();

  override after(delayMs: number, run: () => void): Timer {
    const key = Symbol();
    this.timers.add(key);
    const timer = super.after(delayMs, () => {
      this.timers.delete(key);
      run();
    });
    return {
      cancel: () => {
        this.timers.delete(key);
        timer.cancel();
      },
    };
  }
}

test("many pipelines work side by side, and have no timers when they are idle", async () => {
  const clock = new CountingClock();
  await using fixture = new DeliveryFixture(clock);
  const opening = Array.from({ length: 40 }, (_, i) => fixture.open(fixture.plan(), {}, {}, `stream.${i}`));
  const pipelines = await Promise.all(opening);
  const idleTimers = clock.timers.size;
  await Promise.all(pipelines.map((pipeline, i) => put(pipeline, `a${i}`, `b${i}`)));
  await fixture.until(() => pipelines.every((pipeline) => pipeline.stats()[0]?.activePartitions === 1));
  await fixture.until(() => clock.timers.size === idleTimers + 40);
  clock.advance(60_000);
  await fixture.until(() => fixture.sink.texts.length === 80);
  await fixture.until(() => pipelines.every((pipeline) => pipeline.stats()[0]?.backlogRecords === 0));
  await fixture.until(() => clock.timers.size <= idleTimers);
  expect(new Set(fixture.sink.arrived).size).toBe(80);
  // What is left is the store's, which trims its logs: one for all of them.
  expect(idleTimers).toBeLessThanOrEqual(1);
});
