import { expect, it } from "vitest";
import { TrafficRing } from "./traffic-ring.ts";

it("adds up rings that began and ended at different times", () => {
  const start = Date.UTC(2026, 0, 1);
  const [early, late] = [new TrafficRing(), new TrafficRing()];
  for (let second = 0; second < 50; second++) early.add(1, 10, start + second * 1_000);
  for (let second = 30; second < 90; second++) late.add(2, 20, start + second * 1_000);
  late.fail(1, start + 89_000);
  const sum = new TrafficRing();
  for (const ring of [early, late, new TrafficRing()]) sum.addAll(ring);
  const { lastMinute } = sum.figures(start + 89_500);
  expect(lastMinute).toEqual({ records: 20 + 120, bytes: 200 + 1_200, errors: 1 });
  expect(sum.history(start + 89_500, 3)).toEqual([2, 2, 2]);
});
