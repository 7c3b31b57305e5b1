import { expect, it } from "vitest";
import { RecentMap } from "./recent-map.ts";

it("drops a key that was not used", () => {
  const map = new RecentMap<string, number>(2);
  map.set("a", 1);
  map.set("b", 2);
  expect(map.get("a")).toBe(1);
  map.set("c", 3);
  expect(map.get("b")).toBeUndefined();
  expect([...map.values()].sort()).toEqual([1, 3]);
  expect(map.size).toBe(2);
});

it("replaces a value without dropping another one", () => {
  const map = new RecentMap<string, number>(2);
  map.set("a", 1);
  map.set("b", 2);
  map.set("a", 3);
  expect([...map.values()]).toEqual([2, 3]);
});

it("drops one when all are used", () => {
  const map = new RecentMap<string, number>(2);
  for (const [i, key] of ["a", "b", "c", "d"].entries()) {
    map.set(key, i);
    for (const known of ["a", "b", "c", "d"]) map.get(known);
    expect(map.size).toBeLessThanOrEqual(2);
    expect(map.get(key)).toBe(i);
  }
});

it("keeps a key that is used again and again", () => {
  const map = new RecentMap<number, number>(3);
  map.set(0, 0);
  for (let key = 1; key < 100; key++) {
    map.set(key, key);
    expect(map.get(0)).toBe(0);
  }
});
