import { describe, expect, it } from "vitest";
import { TrafficRing } from "./traffic-ring.ts";

const start = Date.UTC(2026, 0, 1);

describe("TrafficRing", () => {
  it("shows a steady rate as it is, from its third second on", () => {
    const ring = new TrafficRing();
    for (let ms = 0; ms < 30_000; ms += 100) {
      ring.add(10, 1_000, start + ms);
      if (ms < 3_000) continue;
      const { recordsPerSecond, bytesPerSecond } = ring.figures(start + ms);
      expect(recordsPerSecond).toBeGreaterThan(90);
      expect(recordsPerSecond).toBeLessThan(115);
      expect(bytesPerSecond / recordsPerSecond).toBeCloseTo(100);
    }
  });

  it("lets a rate that has ended sink without a jump", () => {
    const ring = new TrafficRing();
    for (let second = 0; second < 20; second++) ring.add(100, 0, start + second * 1_000);
    let last = ring.figures(start + 20_000).recordsPerSecond;
    for (let ms = 21_000; ms < 45_000; ms += 1_000) {
      const { recordsPerSecond } = ring.figures(start + ms);
      expect(recordsPerSecond).toBeLessThan(last);
      expect(recordsPerSecond).toBeGreaterThan(last * 0.7);
      last = recordsPerSecond;
    }
    expect(last).toBeLessThan(2);
  });

  it("does not show one record as many", () => {
    const ring = new TrafficRing();
    ring.add(1, 10, start + 990);
    expect(ring.figures(start + 995).recordsPerSecond).toBeLessThanOrEqual(1);
  });

  it("tells the last second that is over and the last minute", () => {
    const ring = new TrafficRing();
    ring.add(5, 50, start);
    ring.add(7, 70, start + 1_500);
    ring.fail(2, start + 1_600);
    const figures = ring.figures(start + 2_100);
    expect(figures.lastSecond).toEqual({ records: 7, bytes: 70 });
    expect(figures.lastMinute).toEqual({ records: 12, bytes: 120, errors: 2 });
  });

  it("forgets what is older than a minute, also after a long silence", () => {
    const ring = new TrafficRing();
    ring.add(5, 50, start);
    expect(ring.figures(start + 59_000).lastMinute.records).toBe(5);
    expect(ring.figures(start + 60_000).lastMinute.records).toBe(0);
    ring.add(1, 1, start + 3_600_000);
    expect(ring.figures(start + 3_600_000).lastMinute).toEqual({ records: 1, bytes: 1, errors: 0 });
  });

  it("gives the seconds that are over, oldest first", () => {
    const ring = new TrafficRing();
    for (let second = 0; second < 5; second++) ring.add(second + 1, 0, start + second * 1_000);
    expect(ring.history(start + 5_000, 6)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(ring.history(start + 5_000)).toHaveLength(59);
  });

  it("adds to its newest second when the clock was set back", () => {
    const ring = new TrafficRing();
    ring.add(1, 0, start + 10_000);
    ring.add(1, 0, start);
    expect(ring.figures(start + 10_500).lastMinute.records).toBe(2);
  });
});
