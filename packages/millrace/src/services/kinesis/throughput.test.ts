import { describe, expect, it } from "vitest";
import { ManualClock } from "../../core/clock.ts";
import { limits } from "./limits.ts";
import { ShardThroughput, throughputMode } from "./throughput.ts";

const enforced = { kind: "enforced" } as const;
const writes = (shard: ShardThroughput, count: number, bytes: number): number =>
  Array.from({ length: count }, () => shard.mayWrite(enforced, bytes)).filter(Boolean).length;

describe("ShardThroughput", () => {
  it("lets 1,000 records a second in", () => {
    const clock = new ManualClock();
    const shard = new ShardThroughput(clock, Math.random);
    expect(writes(shard, 1_500, 10)).toBe(1_000);
    clock.advance(500);
    expect(writes(shard, 1_500, 10)).toBe(500);
  });

  it("lets 1 MiB a second in, and a larger record on a full bucket", () => {
    const clock = new ManualClock();
    const shard = new ShardThroughput(clock, Math.random);
    expect(writes(shard, 20, 100 * 1024)).toBe(10);
    clock.advance(1_000);
    expect(writes(shard, 2, 4 * limits.shardWriteBytesPerSecond)).toBe(1);
    clock.advance(3_000);
    expect(writes(shard, 1, 10)).toBe(0);
    clock.advance(1_000);
    expect(writes(shard, 1, 10)).toBe(1);
  });

  it("serves 5 reads a second, and none while a large answer is being paid off", () => {
    const clock = new ManualClock();
    const shard = new ShardThroughput(clock, Math.random);
    const reads = Array.from({ length: 8 }, () => shard.mayRead(enforced));
    expect(reads.filter(Boolean)).toHaveLength(5);
    clock.advance(1_000);
    expect(shard.mayRead(enforced)).toBe(true);
    shard.didRead(enforced, 10 * 1024 * 1024);
    clock.advance(3_000);
    expect(shard.mayRead(enforced)).toBe(false);
    clock.advance(2_000);
    expect(shard.mayRead(enforced)).toBe(true);
  });

  it("throttles the given share of the calls in fault mode", () => {
    let seed = 1;
    const random = (): number => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const shard = new ShardThroughput(new ManualClock(), random);
    const mode = { kind: "fault", rate: 0.25 } as const;
    const refused = Array.from({ length: 4_000 }, () => shard.mayWrite(mode, 1)).filter((may) => !may).length;
    expect(refused).toBeGreaterThan(800);
    expect(refused).toBeLessThan(1_200);
    expect(Array.from({ length: 50 }, () => shard.mayRead({ kind: "fault", rate: 1 }))).not.toContain(true);
  });
});

describe("throughputMode", () => {
  const off = { kind: "off" } as const;
  it.each([
    [{}, off],
    [{ "millrace:limits": "enforced" }, enforced],
    [
      { "millrace:limits": "fault", "millrace:fault-rate": "0.5" },
      { kind: "fault", rate: 0.5 },
    ],
    [{ "millrace:limits": "fault", "millrace:fault-rate": "2" }, off],
    [{ "millrace:limits": "fault", "millrace:fault-rate": "much" }, off],
    [{ "millrace:limits": "sometimes" }, off],
  ])("reads %j", (tags, mode) => expect(throughputMode(tags as Record<string, string>, off)).toEqual(mode));
});
