import type { Condition } from "../expressions/condition.ts";
import { holds } from "../expressions/evaluate.ts";
import type { Path } from "../expressions/path.ts";
import { project } from "../expressions/projection.ts";
import { limits } from "../limits.ts";
import type { IndexDocument, TableDocument } from "../tables/document.ts";
import type { Item } from "../values/attribute-value.ts";
import { itemSize } from "../values/item-size.ts";
import { keyNames, pick } from "./item-key.ts";
import type { Row } from "./row-reader.ts";

export interface PageRequest {
  readonly document: TableDocument;
  readonly index: IndexDocument | undefined;
  /** Whether the whole item is read even where the index projects a part. */
  readonly readsWholeItems: boolean;
  readonly limit: number | undefined;
  readonly filter: Condition | undefined;
  readonly projection: readonly Path[] | undefined;
  readonly isCount: boolean;
}

export interface Page {
  readonly items: readonly Item[];
  readonly count: number;
  readonly scanned: number;
  readonly bytes: number;
  /** Where the next page starts; undefined when this is the last one. */
  readonly lastKey: Item | undefined;
}

/** Reads rows until the limit, or until a page of items has been read. */
export function readPage(rows: Iterable<Row>, request: PageRequest): Page {
  const { limit = Number.POSITIVE_INFINITY, filter, projection, isCount } = request;
  const names = positionNames(request.document, request.index);
  const projected = projectedNames(request);
  const items: Item[] = [];
  let [count, scanned, bytes] = [0, 0, 0];
  let lastKey: Item | undefined;
  for (const row of rows) {
    const whole = row.item();
    const item = projected === undefined ? whole : pick(whole, projected);
    scanned++;
    bytes += projected === undefined ? row.size : itemSize(item);
    if (filter === undefined || holds(filter, item)) {
      count++;
      if (!isCount) items.push(projection === undefined ? item : project(item, projection));
    }
    if (scanned >= limit || bytes >= limits.pageBytes) {
      lastKey = pick(whole, names);
      break;
    }
  }
  return { items, count, scanned, bytes, lastKey };
}

/** The attributes that say where a reader stands: the table's key and the index's. */
export function positionNames(document: TableDocument, index: IndexDocument | undefined): readonly string[] {
  const names = keyNames(document.keys);
  return index === undefined ? names : [...new Set([...names, ...keyNames(index.keys)])];
}

/** The attributes that an index holds; undefined for all. */
export function projectedAttributes(
  document: TableDocument,
  index: IndexDocument,
): readonly string[] | undefined {
  if (index.projection.type === "ALL") return undefined;
  return [...positionNames(document, index), ...(index.projection.attributes ?? [])];
}

function projectedNames({ document, index, readsWholeItems }: PageRequest): readonly string[] | undefined {
  return index === undefined || readsWholeItems ? undefined : projectedAttributes(document, index);
}
