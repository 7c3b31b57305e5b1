import { setImmediate as nextTurn } from "node:timers/promises";
import type { CatalogScope, Page } from "./scope.ts";
import type { FoundInCatalog } from "./table-entry.ts";

export interface TableSearch {
  readonly matches: (found: FoundInCatalog) => boolean;
  readonly order: {
    readonly by: (found: FoundInCatalog) => number | string;
    readonly descending: boolean;
  };
  /** How many of those that match come before the page. */
  readonly start: number;
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
}

/** Tables that are looked at in one go, after which others have their turn. */
const sliceTables = 200;

interface Match {
  readonly id: number;
  readonly key: number | string;
}

/** Where the tables come from. */
export interface TableSource {
  inCatalog(
    scope: CatalogScope,
    page: { readonly after: number; readonly limit: number },
  ): readonly FoundInCatalog[];
}

/**
 * Looks at all tables of a catalog. In memory it keeps of each match what it is sorted by, and reads the page's
 * tables once more.
 */
export async function searchTables(
  source: TableSource,
  scope: CatalogScope,
  search: TableSearch,
): Promise<Page<FoundInCatalog, number>> {
  const matches: Match[] = [];
  for (let after = 0; ; ) {
    search.signal?.throwIfAborted();
    const slice = source.inCatalog(scope, { after, limit: sliceTables });
    for (const found of slice)
      if (search.matches(found)) matches.push({ id: found.table.id, key: search.order.by(found) });
    const last = slice.at(-1);
    if (last === undefined) break;
    after = last.table.id;
    await nextTurn();
  }
  const sign = search.order.descending ? -1 : 1;
  matches.sort((a, b) => sign * compare(a.key, b.key) || a.id - b.id);
  const end = search.start + search.limit;
  const items = matches
    .slice(search.start, end)
    .flatMap(({ id }) => source.inCatalog(scope, { after: id - 1, limit: 1 }))
    .filter(search.matches);
  return { items, next: end < matches.length ? end : undefined };
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
