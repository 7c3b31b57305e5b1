import { expect, test } from "vitest";
import { FaultyFiles } from "../log/faulty-files.ts";
import { LogFailedError, LogFullError } from "../log/index.ts";
import { deliveryLogDefaults } from "./log-defaults.ts";
import type { ConsumerPlan, Partitioning } from "./plan.ts";
import type { Processor } from "./processor.ts";
import type { DeliveryRecord } from "./record.ts";
import type { DeliveryOutcome } from "./sink.ts";
import { DeliveryFixture, errorOutput, failure, put, textOf } from "./test-delivery.ts";

const broken: DeliveryOutcome = { retry: { errorCode: "Http.503", errorMessage: "not now" } };

test("a failing delivery is tried again after growing pauses, up to the bound of a pause", async () => {
  await using fixture = new DeliveryFixture();
  const times: number[] = [];
  fixture.sink.refuse = () => {
    times.push(fixture.clock.now());
    return times.length < 12 ? broken : undefined;
  };
  const pipeline = await fixture.open();
  await put(pipeline, "a");
  await fixture.passing(pipeline.flush(), 500);
  const pauses = times.map((timeMs, i) => timeMs - (times[i - 1] ?? timeMs)).slice(1);
  expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000]);
  expect(fixture.observer.failedAttempts).toEqual(Array(11).fill("Http.503"));
  expect(fixture.sink.texts).toEqual(["a"]);
});

test("what is given up goes to the error output before it is committed", async () => {
  await using fixture = new DeliveryFixture();
  fixture.sink.refuse = () => broken;
  const pipeline = await fixture.open(fixture.plan({ retryMs: 1500 }));
  await put(pipeline, "a", "b");
  await fixture.passing(pipeline.flush(), 500);
  expect(fixture.sink.attempts).toBe(3);
  expect(fixture.errors.texts).toEqual(["delivery-failed<a>", "delivery-failed<b>"]);
  const [error] = fixture.errors.objects.values();
  expect(error?.identity.partition.errorOutputType).toBe("delivery-failed");
  expect(fixture.observer.failures).toMatchObject([
    { errorCode: "Http.503", errorMessage: "not now", attemptsMade: 3 },
    { errorCode: "Http.503", attemptsMade: 3 },
  ]);
  expect(fixture.observer.deliveries.every(({ partition }) => partition.errorOutputType !== undefined)).toBe(
    true,
  );
});

test("a retry duration of 0 gives up after the first attempt", async () => {
  await using fixture = new DeliveryFixture();
  fixture.sink.refuse = () => broken;
  const pipeline = await fixture.open(fixture.plan({ retryMs: 0 }));
  await put(pipeline, "a");
  await pipeline.flush();
  expect(fixture.sink.attempts).toBe(1);
  expect(fixture.errors.texts).toEqual(["delivery-failed<a>"]);
});

test("a destination may take some records, refuse some for ever, and ask for others again", async () => {
  await using fixture = new DeliveryFixture();
  const asked: (readonly string[])[] = [];
  fixture.sink.refuse = ({ remaining = [], attempt }) => {
    asked.push(remaining.map(textOf));
    if (attempt > 1) return undefined;
    const failed = remaining
      .filter((record) => textOf(record) === "bad")
      .map((one) => failure(one, "refused"));
    const records = remaining.filter((record) => textOf(record) === "later");
    return { failed, retry: { records, errorCode: "Es.429", errorMessage: "busy", delayMs: 7000 } };
  };
  const pipeline = await fixture.open(fixture.plan({ retryMs: 60_000 }));
  await put(pipeline, "good", "bad", "later");
  const flushed = pipeline.flush();
  await fixture.until(() => fixture.observer.failedAttempts.length === 1);
  fixture.clock.advance(6999);
  expect(asked).toHaveLength(1);
  await fixture.passing(flushed);
  expect(asked).toEqual([["good", "bad", "later"], ["later"]]);
  expect(fixture.errors.texts).toEqual(["refused<bad>"]);
  expect(fixture.observer.deliveries).toMatchObject([
    { partition: { errorOutputType: "refused" }, records: 1 },
    { partition: { id: "" }, records: 2, bytes: 9 },
  ]);
});

test("records that cannot be encoded go to the error output with the batch that they were in", async () => {
  await using fixture = new DeliveryFixture();
  const pipeline = await fixture.open();
  await put(pipeline, "a", "unencodable-1", "b", "unencodable-2");
  await pipeline.flush();
  expect(fixture.sink.texts).toEqual(["a", "b"]);
  expect(fixture.errors.texts).toEqual(["encoding-failed<unencodable-1>", "encoding-failed<unencodable-2>"]);
  expect(fixture.errors.objects.size).toBe(1);
  await put(pipeline, "unencodable-3");
  await pipeline.flush();
  expect(fixture.sink.objects.size).toBe(1);
  expect(fixture.errors.texts).toHaveLength(3);
});

const firstLetter: Partitioning = {
  maxActivePartitions: 2,
  partitionOf: (record) =>
    textOf(record) === "" ? failure(record, "no-letter") : { id: textOf(record).slice(0, 1) },
  overflow: (record) => failure(record, "too-many"),
};

test("partitions have buffers of their own; what overflows them goes to the error output", async () => {
  await using fixture = new DeliveryFixture();
  const pipeline = await fixture.open(fixture.plan({ partitioning: firstLetter }));
  await put(pipeline, "a1", "b1", "c1", "a2", "", "c2");
  await fixture.until(() => pipeline.stats()[0]?.activePartitions === 2);
  await pipeline.flush();
  expect([...fixture.sink.objects.values()].map(({ texts }) => texts)).toEqual([["a1", "a2"], ["b1"]]);
  expect(fixture.errors.texts).toEqual(["no-letter<>", "too-many<c1>", "too-many<c2>"]);
  expect(pipeline.stats()[0]?.activePartitions).toBe(0);
  await put(pipeline, "c3");
  await pipeline.flush();
  expect(fixture.sink.texts).toContain("c3");
});

test("a partition whose destination fails does not hold up the others, nor their positions", async () => {
  await using fixture = new DeliveryFixture();
  const plan = fixture.plan({ partitioning: firstLetter, hints: { maxBytes: 1, maxAgeMs: 0 } });
  fixture.sink.refuse = ({ identity }) => (identity.partition.id === "a" ? broken : undefined);
  let pipeline = await fixture.open(plan);
  for (const text of ["a1", "b1", "b2", "a2", "b3"]) await put(pipeline, text);
  await fixture.until(() => fixture.sink.texts.length === 3);
  await fixture.crash();
  fixture.sink.refuse = () => undefined;
  pipeline = await fixture.open(plan);
  await pipeline.flush();
  expect(fixture.sink.arrived.filter((text) => text.startsWith("b")).length).toBeLessThanOrEqual(4);
  expect(fixture.sink.texts).toEqual(["a1", "a2", "b1", "b2", "b3"]);
});

test("a destination that keeps failing stops the reading, not the taking", async () => {
  await using fixture = new DeliveryFixture();
  fixture.sink.refuse = () => broken;
  const plan = fixture.plan({ hints: { maxBytes: 100, maxAgeMs: 0 } });
  const limits = { maxClosedBytes: 300, maxReadBytes: 100 };
  const pipeline = await fixture.open(plan, limits);
  for (let i = 0; i < 50; i++) await put(pipeline, `${i}`.padStart(100));
  await fixture.until(() => fixture.sink.attempts > 0);
  expect(pipeline.stats()[0]).toMatchObject({ backlogRecords: 50 });
  fixture.sink.refuse = () => undefined;
  await fixture.passing(pipeline.flush());
  expect(fixture.sink.texts).toHaveLength(50);
});

test("an update delivers what is in buffers by the old plan and the rest by the new one", async () => {
  await using fixture = new DeliveryFixture();
  const plan = (mark: string): ConsumerPlan =>
    fixture.consumer({ errors: errorOutput(fixture.errors), processors: [marking(mark)] });
  const pipeline = await fixture.open({ consumers: [plan("old")] });
  await put(pipeline, "a");
  await fixture.until(() => pipeline.stats()[0]?.activePartitions === 1);
  await pipeline.update({ consumers: [plan("new"), fixture.consumer({ name: "backup" })] });
  expect(fixture.sink.texts).toEqual(["old a"]);
  expect(fixture.sink.closed).toBe(1);
  await put(pipeline, "b");
  await pipeline.flush();
  expect(fixture.sink.texts).toEqual(["b", "new b", "old a"]);
  await pipeline.update({ consumers: [plan("last")] });
  await put(pipeline, "c");
  await pipeline.flush();
  expect(fixture.sink.texts).toEqual(["b", "last c", "new b", "old a"]);
});

test("an update does not wait for a destination that refuses: the new one gets the records", async () => {
  await using fixture = new DeliveryFixture();
  fixture.sink.refuse = () => broken;
  const pipeline = await fixture.open();
  await put(pipeline, "a");
  await fixture.until(() => pipeline.stats()[0]?.activePartitions === 1);
  await pipeline.update(fixture.plan({ sink: fixture.errors }));
  await pipeline.flush();
  expect(fixture.errors.texts).toEqual(["a"]);
});

function marking(mark: string, isDeterministic = true): Processor {
  return {
    isDeterministic,
    process: async (records) => ({
      records: records.map(
        (record): DeliveryRecord => ({ ...record, data: Buffer.from(`${mark} ${textOf(record)}`) }),
      ),
      failed: [],
    }),
  };
}

test("a chain becomes a stage and stops being one, and each record goes through it once", async () => {
  await using fixture = new DeliveryFixture();
  const staged = fixture.plan({ processors: [marking("staged", false)] });
  const pipeline = await fixture.open();
  await put(pipeline, "a");
  await pipeline.update(staged);
  await put(pipeline, "b");
  await pipeline.flush();
  expect(await fixture.logs?.list()).toEqual(["orders.1/intake", "orders.1/staged/destination"]);
  await put(pipeline, "c");
  await pipeline.update(fixture.plan({ processors: [marking("plain")] }));
  await put(pipeline, "d");
  await pipeline.flush();
  await fixture.crash();
  const again = await fixture.open(staged);
  await put(again, "e");
  await again.flush();
  const [a, b, c, d, e] = ["a", "b", "c", "d", "e"].map((end) =>
    fixture.sink.texts.filter((text) => text.endsWith(end)),
  );
  expect([b, d, e]).toEqual([["staged b"], ["plain d"], ["staged e"]]);
  expect([a?.length, c?.length]).toEqual([1, 1]);
});

test.each([{ mode: "memory" } as const, { mode: "interval", intervalMs: 200 } as const])(
  "logs of mode $mode: stages, updates and flushes lose nothing",
  async (durability) => {
    await using fixture = new DeliveryFixture();
    const staged = fixture.plan({ processors: [marking("staged", false)] });
    const pipeline = await fixture.open(staged, {}, { defaults: deliveryLogDefaults(durability) });
    await put(pipeline, "a");
    await fixture.passing(pipeline.flush(), 100);
    await put(pipeline, "b");
    await fixture.passing(pipeline.update(staged), 100);
    await put(pipeline, "c");
    await fixture.passing(pipeline.update(fixture.plan()), 100);
    await put(pipeline, "d");
    await fixture.passing(pipeline.flush(), 100);
    expect(fixture.sink.texts.map((text) => text.at(-1)).sort()).toEqual(["a", "b", "c", "d"]);
    expect(fixture.logged).toEqual([]);
  },
);

test("an encoder that cannot write ends the session, and the records are read again", async () => {
  await using fixture = new DeliveryFixture();
  let failures = 2;
  const plan = fixture.plan();
  const encoder: ConsumerPlan["encoder"] = (identity) => {
    const made = fixture.consumer().encoder(identity);
    return Object.assign(made, {
      finish:
        failures-- > 0
          ? () => Promise.reject(new Error("ENOSPC: the spool is full"))
          : made.finish.bind(made),
    });
  };
  const pipeline = await fixture.open({
    consumers: plan.consumers.map((consumer) => ({ ...consumer, encoder })),
  });
  await put(pipeline, "a", "b");
  await fixture.passing(pipeline.flush());
  expect(fixture.sink.arrived).toEqual(["a", "b"]);
  expect(fixture.observer.failedAttempts).toEqual(["InternalError", "InternalError"]);
  expect(fixture.logged).toHaveLength(2);
});

test("a full disk refuses appends, keeps nothing of them, and loses nothing else", async () => {
  await using fixture = new DeliveryFixture();
  const files = new FaultyFiles(() => 0.5);
  const pipeline = await fixture.open(fixture.plan(), {}, { files });
  await put(pipeline, "a");
  files.spaceBytes = 10;
  await expect(put(pipeline, "b".repeat(100))).rejects.toThrow(LogFullError);
  files.spaceBytes = Number.POSITIVE_INFINITY;
  await put(pipeline, "c");
  await pipeline.flush();
  expect(fixture.sink.texts).toEqual(["a", "c"]);
});

test("after a failed sync the intake is opened again, and what was acknowledged is delivered", async () => {
  await using fixture = new DeliveryFixture();
  const files = new FaultyFiles(() => 0.5);
  const pipeline = await fixture.open(fixture.plan(), {}, { files });
  await put(pipeline, "a");
  files.failingSyncs = 1;
  await expect(put(pipeline, "b")).rejects.toThrow(LogFailedError);
  let isTaken = false;
  while (!isTaken) {
    isTaken = await fixture.passing(
      put(pipeline, "c").then(
        () => true,
        () => false,
      ),
    );
    await new Promise((resolve) => setImmediate(resolve));
  }
  await pipeline.flush();
  expect(fixture.sink.texts.filter((text) => text !== "b")).toEqual(["a", "c"]);
});
