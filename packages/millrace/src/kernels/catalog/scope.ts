/** Whose catalog, and where: names are unique within it. */
export interface CatalogScope {
  /** The account's number for its default catalog. */
  readonly catalogId: string;
  readonly region: string;
}

/** A page in the order of names. */
export interface NamePage {
  /** The last name of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface Page<T, Next> {
  readonly items: readonly T[];
  /** Where the next page starts; undefined when this one is the last. */
  readonly next: Next | undefined;
}

/** Makes a page of one row more than it may have. */
export function pageOf<T, Next>(
  rows: readonly T[],
  limit: number,
  position: (last: T) => Next,
): Page<T, Next> {
  if (rows.length <= limit) return { items: rows, next: undefined };
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last === undefined ? undefined : position(last) };
}
