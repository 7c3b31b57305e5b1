import { describe, expect, it } from "vitest";
import { ManualClock } from "./clock.ts";
import { Feed } from "./feed.ts";

const any = (): boolean => true;
const never = new AbortController().signal;

function filled(count: number, capacity: number): Feed<{ n: number; value: number }> {
  const feed = new Feed<{ n: number; value: number }>(capacity);
  for (let value = 1; value <= count; value++) feed.add({ n: 0, value });
  return feed;
}

/** Whether a promise is resolved by now. */
async function isDone(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol("open");
  return (await Promise.race([promise, Promise.resolve(open)])) !== open;
}

describe("Feed", () => {
  it("is empty at first", () => {
    expect(filled(0, 3).page(0, 10, any)).toEqual({ items: [], next: 0, missed: 0 });
  });

  it("keeps the newest items and says how many are gone", () => {
    const page = filled(10, 3).page(0, 10, any);
    expect(page.items.map(({ n, value }) => [n, value])).toEqual([
      [8, 8],
      [9, 9],
      [10, 10],
    ]);
    expect(page).toMatchObject({ next: 10, missed: 7 });
  });

  it("goes on after a cursor, page by page, and passes over what does not fit", () => {
    const feed = filled(9, 100);
    const isOdd = ({ value }: { value: number }): boolean => value % 2 === 1;
    const first = feed.page(2, 2, isOdd);
    expect(first.items.map(({ value }) => value)).toEqual([3, 5]);
    const second = feed.page(first.next, 100, isOdd);
    expect(second.items.map(({ value }) => value)).toEqual([7, 9]);
    expect(feed.page(second.next, 100, isOdd)).toEqual({ items: [], next: 9, missed: 0 });
  });

  it("starts anew for a cursor of an earlier run", () => {
    expect(filled(2, 10).page(5_000, 10, any).items).toHaveLength(2);
  });

  it("holds no more than its capacity however much is added", () => {
    const page = filled(100_000, 50).page(0, 1_000_000, any);
    expect(page.items).toHaveLength(50);
    expect(page.items.at(-1)?.n).toBe(100_000);
  });

  it("lets readers wait for the next item, for the end of their time, or until they go", async () => {
    const clock = new ManualClock();
    const feed = filled(1, 10);
    const gone = new AbortController();
    const [woken, timed, left] = [
      feed.wait(1, 60_000, clock, never),
      feed.wait(1, 100, clock, never),
      feed.wait(1, 60_000, clock, gone.signal),
    ];
    expect(await isDone(Promise.race([woken, timed, left]))).toBe(false);
    clock.advance(100);
    expect(await timed).toBe(true);
    gone.abort();
    expect(await left).toBe(true);
    feed.add({ n: 0, value: 2 });
    expect(await woken).toBe(true);
  });

  it("keeps nobody waiting who has something to read, whose time is over, or who has gone", async () => {
    const clock = new ManualClock();
    const feed = filled(3, 10);
    expect(await feed.wait(2, 60_000, clock, never)).toBe(true);
    expect(await feed.wait(3, 0, clock, never)).toBe(false);
    expect(await feed.wait(3, 60_000, clock, AbortSignal.abort())).toBe(false);
  });

  it("answers readers at once when too many wait, and all of them when it is closed", async () => {
    const clock = new ManualClock();
    const feed = filled(0, 10);
    const waiting = Array.from({ length: 256 }, () => feed.wait(0, 60_000, clock, never));
    expect(await feed.wait(0, 60_000, clock, never)).toBe(false);
    feed.close();
    expect(await Promise.all(waiting)).toHaveLength(256);
    expect(await feed.wait(0, 60_000, clock, never)).toBe(false);
  });
});
