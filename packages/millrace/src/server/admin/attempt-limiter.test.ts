import { describe, expect, it } from "vitest";
import { ManualClock } from "../../core/clock.ts";
import { AttemptLimiter } from "./attempt-limiter.ts";

describe("AttemptLimiter", () => {
  it("lets people mistype, then slows them down more and more, up to a minute", () => {
    const clock = new ManualClock();
    const limiter = new AttemptLimiter(clock);
    const waits: number[] = [];
    for (let i = 0; i < 14; i++) {
      const waitMs = limiter.begin(["jo"]);
      if (waitMs === 0) continue;
      waits.push(waitMs);
      clock.advance(waitMs);
    }
    expect(waits.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
    for (let i = 0; i < 20; i++) clock.advance(limiter.begin(["jo"]));
    expect(limiter.begin(["jo"])).toBeLessThanOrEqual(60_000);
  });

  it("counts many at once as it counts them one by one", () => {
    const limiter = new AttemptLimiter(new ManualClock());
    const waits = Array.from({ length: 50 }, () => limiter.begin(["jo", "127.0.0.1"]));
    expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(5);
  });

  it("slows down who tries many names from one address, and many addresses at one name", () => {
    const limiter = new AttemptLimiter(new ManualClock());
    const names = Array.from({ length: 20 }, (_, i) => limiter.begin([`name ${i}`, "127.0.0.1"]));
    expect(names.filter((waitMs) => waitMs === 0)).toHaveLength(5);
    const addresses = Array.from({ length: 20 }, (_, i) => limiter.begin(["jo", `address ${i}`]));
    expect(addresses.filter((waitMs) => waitMs === 0)).toHaveLength(5);
  });

  it("forgives who signs in, and forgets after a while", () => {
    const clock = new ManualClock();
    const limiter = new AttemptLimiter(clock);
    for (let i = 0; i < 100; i++) {
      expect(limiter.begin(["jo", "127.0.0.1"])).toBe(0);
      limiter.succeed("jo", ["127.0.0.1"]);
    }
    for (let i = 0; i < 5; i++) limiter.begin(["al"]);
    expect(limiter.begin(["al"])).toBeGreaterThan(0);
    clock.advance(15 * 60_000);
    expect(limiter.begin(["al"])).toBe(0);
  });
});
