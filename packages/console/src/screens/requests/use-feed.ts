import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useConsole } from "../../api/console-context.tsx";
import { type FeedItem, type FeedPage, FeedStore, type FeedView } from "./feed-store.ts";

const pageItems = 2_000;
const waitMs = 10_000;
/** Between two pages: a table that changes more often cannot be read. */
const restMs = 400;
const afterErrorMs = 2_000;

export interface LiveFeed<T> extends FeedView<T> {
  hold(isHeld: boolean): void;
  clear(): void;
}

/** A feed of Millrace's own API (`requests`, `logs`) from its oldest item on, as long as the screen is open. */
export function useFeed<T extends FeedItem>(
  path: string,
  query: Readonly<Record<string, string>> = {},
): LiveFeed<T> {
  const { millrace } = useConsole();
  const parameters = new URLSearchParams(query).toString();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question has other answers.
  const store = useMemo(() => new FeedStore<T>(), [path, parameters, millrace]);
  useEffect(() => {
    const gone = new AbortController();
    const asked = Object.fromEntries(new URLSearchParams(parameters));
    const read = async (isFirst: boolean): Promise<number> => {
      try {
        const cursor = { after: store.after, limit: pageItems, waitMs: isFirst ? 0 : waitMs };
        store.add(
          await millrace.get<FeedPage<T>>(path, { query: { ...asked, ...cursor }, signal: gone.signal }),
        );
        return restMs;
      } catch (error) {
        if (!gone.signal.aborted) store.fail(error instanceof Error ? error : new Error(String(error)));
        return afterErrorMs;
      }
    };
    const follow = async (): Promise<void> => {
      for (let isFirst = true; !gone.signal.aborted; isFirst = false) await rest(await read(isFirst));
    };
    void follow();
    return () => gone.abort();
  }, [millrace, path, parameters, store]);
  const view = useSyncExternalStore(store.subscribe, store.view);
  return { ...view, hold: (isHeld) => store.hold(isHeld), clear: () => store.clear() };
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
