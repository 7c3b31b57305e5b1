import type { Clock } from "../../core/clock.ts";
import type { Feed, FeedItem, FeedPage } from "../../core/feed.ts";
import { type AdminRequest, queryNumber } from "./route.ts";

const maxWaitMs = 20_000;
const maxLimit = 2_000;
const defaultLimit = 500;
/** Once there is something, more of it is given a moment to come: a busy Millrace is asked ten times a second. */
const gatherMs = 100;

/**
 * A page of a feed for `?after=N&limit=N&waitMs=N`. Where nothing fits yet, it waits.
 * @throws ServiceError 400
 */
export async function pollFeed<T extends FeedItem>(
  feed: Feed<T>,
  { query, signal }: Pick<AdminRequest, "query" | "signal">,
  fits: (item: T) => boolean,
  clock: Clock,
): Promise<FeedPage<T>> {
  const after = queryNumber(query, "after", { min: 0, max: Number.MAX_SAFE_INTEGER, fallback: 0 });
  const limit = queryNumber(query, "limit", { min: 1, max: maxLimit, fallback: defaultLimit });
  const waitMs = queryNumber(query, "waitMs", { min: 0, max: maxWaitMs, fallback: 0 });
  const untilMs = clock.now() + waitMs;
  let page = feed.page(after, limit, fits);
  const { missed } = page;
  while (page.items.length === 0) {
    const leftMs = untilMs - clock.now();
    // A cursor of an earlier run is beyond the newest item; the page has brought it back.
    if (!(await feed.wait(page.next, leftMs, clock, signal))) break;
    if (clock.now() >= untilMs || signal.aborted) break;
    await pause(Math.min(gatherMs, untilMs - clock.now()), clock);
    page = feed.page(page.next, limit, fits);
  }
  return { items: page.items, next: page.next, missed };
}

function pause(ms: number, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}

/** Whether a text holds what a filter of the query asks for, in whatever case; a filter not given fits all. */
export function holds(query: URLSearchParams, name: string): (text: string) => boolean {
  const wanted = query.get(name)?.toLowerCase() ?? "";
  return wanted === "" ? () => true : (text) => text.toLowerCase().includes(wanted);
}
