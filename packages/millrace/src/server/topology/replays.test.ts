import { describe, expect, it } from "vitest";
import { TestKinesis } from "../../services/kinesis/test-kinesis.ts";
import { replayBody } from "./replay-request.ts";
import { type ReplayOrder, Replays } from "./replays.ts";

interface Shown {
  readonly id: string;
  readonly state: string;
  readonly copiedRecords: number;
  readonly totalRecords: number;
  readonly timeLeftMs?: number;
  readonly error?: { readonly code: string };
}

async function prepared(kinesis: TestKinesis, records: number): Promise<ReplayOrder> {
  const source = await kinesis.stream();
  const target = await kinesis.stream({ StreamName: "copy" });
  for (let i = 0; i < records; i++) await kinesis.put(source, `${i}`);
  const range = { from: { kind: "oldest" }, to: undefined } as const;
  const principal = "arn:aws:iam::000000000000:root";
  return { account: "000000000000", principal, source, target, range, ratePerSecond: undefined, asked: {} };
}

async function until(kinesis: TestKinesis, holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    if (turn > 1_000) throw new Error("it never held");
    await kinesis.pass(100);
  }
}

describe("Replays", () => {
  it("shows progress with the time left, and the end", async () => {
    await using kinesis = await TestKinesis.start();
    const order = { ...(await prepared(kinesis, 20)), ratePerSecond: 10 };
    const replays = new Replays(kinesis.clock, kinesis.logger);
    const { id } = replays.start(kinesis.state, order) as Shown;
    const shown = (): Shown => replays.get(id, "000000000000") as Shown;
    await until(kinesis, () => shown().copiedRecords >= 10);
    expect(shown()).toMatchObject({ state: "RUNNING", totalRecords: 20 });
    expect(shown().timeLeftMs).toBeGreaterThan(0);
    await until(kinesis, () => shown().state !== "RUNNING");
    expect(shown()).toMatchObject({ state: "SUCCEEDED", copiedRecords: 20 });
    expect(shown().timeLeftMs).toBeUndefined();
  });

  it("belongs to its account, and says why it failed", async () => {
    await using kinesis = await TestKinesis.start();
    const order = await prepared(kinesis, 1);
    const replays = new Replays(kinesis.clock, kinesis.logger);
    await kinesis.run("DeleteStream", { StreamName: "copy" });
    const { id } = replays.start(kinesis.state, order) as Shown;
    expect(replays.get(id, "111111111111")).toBeUndefined();
    expect(await replays.remove(id, "111111111111")).toBeUndefined();
    expect(replays.list("111111111111")).toEqual([]);
    await until(kinesis, () => (replays.get(id, undefined) as Shown).state !== "RUNNING");
    expect(replays.list(undefined)).toMatchObject([{ state: "FAILED", error: { code: "ResourceNotFound" } }]);
  });

  it("ends all of them when it is closed, and keeps a bounded number that have ended", async () => {
    await using kinesis = await TestKinesis.start();
    const order = await prepared(kinesis, 10);
    const replays = new Replays(kinesis.clock, kinesis.logger);
    for (let i = 0; i < 130; i++) {
      const { id } = replays.start(kinesis.state, { ...order, ratePerSecond: 1 }) as Shown;
      await replays.remove(id, undefined);
    }
    expect(replays.list(undefined)).toHaveLength(100);
    for (let i = 0; i < 4; i++) replays.start(kinesis.state, { ...order, ratePerSecond: 1 });
    expect(() => replays.start(kinesis.state, order)).toThrow("4 replays run already");
    await replays.close();
    expect(replays.list(undefined)).toEqual([]);
  });
});

describe("replayBody", () => {
  it("reads places", () => {
    const into = "copy";
    expect(replayBody({ into })).toEqual({
      ...{ from: { kind: "oldest" }, to: undefined, into, ratePerSecond: undefined },
    });
    expect(replayBody({ into, from: 1_000, to: "2026-01-01T00:00:00Z", ratePerSecond: 0.5 })).toEqual({
      from: { kind: "time", timeMs: 1_000 },
      to: { kind: "time", timeMs: Date.UTC(2026, 0, 1) },
      ...{ into, ratePerSecond: 0.5 },
    });
    const number = "49600000000000000000000000000000000000000000000000000002";
    expect(replayBody({ into, from: number }).from).toEqual({ kind: "sequence", sequenceNumber: number });
  });

  it.each([
    { into: 1 },
    { into: "copy", to: "TRIM_HORIZON" },
    { into: "copy", from: -1 },
    { into: "copy", from: null },
    { into: "copy", from: "2026-99-99" },
    { into: "copy", ratePerSecond: "10" },
    { into: "copy", ratePerSecond: Number.POSITIVE_INFINITY },
    { into: "copy", other: 1 },
  ])("refuses %j", (body) => {
    expect(() => replayBody(body)).toThrow();
  });
});
