import type { AdminClient } from "./connection/admin-client.ts";

export interface FollowOptions {
  /** `requests` or `logs`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Goes on with what comes; otherwise ends with what there is. */
  readonly follows: boolean;
  /** Leaves out what there is already. */
  readonly fromNow?: boolean;
  readonly signal: AbortSignal;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next: number;
  readonly missed?: number;
}

const waitMs = 15_000;
const pageItems = 500;

/** The items of a list that is polled with a cursor, in their order; `onMissed` learns how many came too fast. */
export async function* follow<T>(
  client: AdminClient,
  { path, query, follows, fromNow = false, signal }: FollowOptions,
  onMissed: (count: number) => void,
): AsyncGenerator<T> {
  let after = 0;
  let isFirst = true;
  let skips = fromNow;
  while (!signal.aborted) {
    const asked = new URLSearchParams(query);
    asked.set("after", `${after}`);
    asked.set("limit", `${pageItems}`);
    asked.set("waitMs", follows && !skips && !isFirst ? `${waitMs}` : "0");
    let page: Page<T>;
    try {
      page = await client.get<Page<T>>(`${path}?${asked}`, { signal });
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    if (!skips && !isFirst && page.missed !== undefined && page.missed > 0) onMissed(page.missed);
    if (!skips) yield* page.items;
    after = page.next;
    isFirst = false;
    if (page.items.length < pageItems) {
      skips = false;
      if (!follows) return;
    }
  }
}
