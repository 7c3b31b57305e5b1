import { expect, it } from "vitest";
import { FeedStore, maxItems } from "./feed-store.ts";

const page = (from: number, to: number, missed = 0) => ({
  items: Array.from({ length: to - from + 1 }, (_, i) => ({ n: from + i })),
  next: to,
  missed,
});
const numbers = (store: FeedStore<{ readonly n: number }>): readonly number[] =>
  store.view().items.map(({ n }) => n);

it("shows the newest first, and as many as fit", () => {
  const store = new FeedStore();
  store.add(page(1, 3));
  store.add(page(4, 5, 2));
  expect(numbers(store)).toEqual([5, 4, 3, 2, 1]);
  expect(store.view().missed).toBe(2);
  store.add(page(6, 20_000));
  expect(store.view().items).toHaveLength(maxItems);
  expect(numbers(store)[0]).toBe(20_000);
});

it("stands still while it is held, and says what has come", () => {
  const store = new FeedStore();
  store.add(page(1, 3));
  store.hold(true);
  store.add(page(4, 9));
  expect(numbers(store)).toEqual([3, 2, 1]);
  expect(store.view()).toMatchObject({ held: 6, isHeld: true });
  store.hold(false);
  expect(numbers(store)[0]).toBe(9);
});

it("begins anew when Millrace does, and forgets an error when it answers again", () => {
  const store = new FeedStore();
  store.add(page(1, 9));
  store.fail(new Error("gone"));
  expect(store.view().error?.message).toBe("gone");
  store.add(page(1, 2));
  expect(numbers(store)).toEqual([2, 1]);
  expect(store.view().error).toBeUndefined();
});

it("tells who listens, once a change", () => {
  const store = new FeedStore();
  let told = 0;
  const leave = store.subscribe(() => told++);
  store.add(page(1, 1));
  store.add({ items: [], next: 1, missed: 0 });
  store.hold(true);
  store.hold(true);
  leave();
  store.clear();
  expect(told).toBe(2);
});
