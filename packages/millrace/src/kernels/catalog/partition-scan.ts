import { setImmediate as nextTurn } from "node:timers/promises";
import type { SqlFile } from "../../core/sql-file.ts";
import { CatalogError } from "./errors.ts";
import { type Filter, keysIn } from "./filter/filter.ts";
import { filterSql, type KeyExpression, type Sql } from "./filter/sql.ts";
import { entryColumn, entryColumns, entryValues, type PartitionIndexEntry } from "./partition-index.ts";
import { buckets, keyExpression, type PartitionKey, typedValues } from "./partition-key.ts";
import { type KeyRange, nameRange, type PartitionPlan, planOf } from "./partition-plan.ts";
import type { Page } from "./scope.ts";

/** One of several equal parts of a table's partitions, counted from 0. */
export interface PartitionSegment {
  readonly number: number;
  /** 1 to 10. */
  readonly total: number;
}

/** Where a page ended. It is only good for the same filter and segment. */
export interface PartitionPosition {
  /** The index that the page was read from; 0 for none. */
  readonly index: number;
  readonly range: number;
  /** The last partition's. */
  readonly name: string;
}

export interface PartitionQuery {
  readonly tableId: number;
  readonly keys: readonly PartitionKey[];
  readonly indexes: readonly PartitionIndexEntry[];
  readonly filter?: Filter | undefined;
  readonly segment?: PartitionSegment | undefined;
  readonly after?: PartitionPosition | undefined;
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
}

export type PartitionRow = { id: number; name: string; document: string; created_ms: number };

/** Rows that are looked at in one go: a few milliseconds, after which others have their turn. */
const sliceRows = 5000;

/** A page ends early when its partitions' definitions are this long. */
const maxPageBytes = 4 * 1024 * 1024;

/** One page of partitions. The search goes on over as many slices as it takes to fill it. */
export async function scanPartitions(
  file: SqlFile,
  query: PartitionQuery,
): Promise<Page<PartitionRow, PartitionPosition>> {
  const plan = planFor(query);
  const index = plan.index?.id ?? 0;
  const items: PartitionRow[] = [];
  let next: PartitionPosition | undefined;
  let bytes = 0;
  let after = query.after?.name;
  for (let range = query.after?.range ?? 0; range < plan.ranges.length; range++, after = undefined) {
    const order = orderOf(query, plan, plan.ranges[range] ?? { equal: [] });
    do {
      query.signal?.throwIfAborted();
      const end = needsSlices(query) ? sliceEnd(file, order, after) : undefined;
      for (const row of sliceOf(file, query, order, sliceSql(order, after, end))) {
        // One row more than the page may have tells that there is a next page.
        if (items.length === query.limit || bytes >= maxPageBytes) return { items, next };
        bytes += row.document.length;
        items.push(row);
        next = { index, range, name: row.name };
      }
      after = end;
      if (end !== undefined) await nextTurn();
    } while (after !== undefined);
  }
  return { items, next: undefined };
}

/** Without a filter each row that is read is answered, so that the page bounds the work. */
const needsSlices = ({ filter, segment }: PartitionQuery): boolean =>
  filter !== undefined || segment !== undefined;

/** A page goes on in the order in which it began, also when there is a better index by now. */
function planFor(query: PartitionQuery): PartitionPlan {
  const { filter, keys, indexes, after } = query;
  if (after === undefined) return planOf(filter, keys, indexes);
  const used = indexes.filter(({ id }) => id === after.index);
  const plan = planOf(filter, keys, used);
  if ((plan.index?.id ?? 0) === after.index) return plan;
  throw new CatalogError("invalid", "index", "The partition index that the page token belongs to is gone.");
}

const unbound: Sql = Object.freeze({ text: "", values: [] });

/** One range of a plan as SQL. */
interface RangeOrder {
  /** The table that has the order. */
  readonly table: string;
  /** The condition on it that all of the range has. */
  readonly within: Sql;
  /** Where the range begins and ends, if there is a place. */
  readonly from: Sql;
  readonly to: Sql;
  /** What to join for a partition's keys. */
  readonly join: string;
  /** The partition's id, and the values of its keys. */
  readonly id: string;
  readonly key: KeyExpression;
  /** Columns by which the range is ordered, the name last. */
  readonly columns: readonly string[];
  /** The values of these columns for a partition. */
  place(name: string): Sql["values"];
}

function orderOf(query: PartitionQuery, plan: PartitionPlan, range: KeyRange): RangeOrder {
  const { index } = plan;
  if (index === undefined) return nameOrder(query, range);
  const equal = range.equal.map((_, column) => ` AND e.a${column} = ?`);
  const next = `e.a${range.equal.length}`;
  const { low, high } = range;
  const free = Array.from({ length: entryColumns }, (_, column) => `e.a${column}`).slice(range.equal.length);
  return {
    table: "partition_entries e",
    within: { text: `e.index_id = ?${equal.join("")}`, values: [BigInt(index.id), ...range.equal] },
    from:
      low === undefined
        ? unbound
        : { text: ` AND ${next} ${low.inclusive ? ">=" : ">"} ?`, values: [low.value] },
    to:
      high === undefined
        ? unbound
        : { text: ` AND ${next} ${high.inclusive ? "<=" : "<"} ?`, values: [high.value] },
    ...valuesOf(query, index),
    columns: [...free, "e.name"],
    place: (name) => {
      const values = typedValues(query.keys, JSON.parse(name) as string[]);
      return [...entryValues(index, values).slice(range.equal.length), name];
    },
  };
}

/** An index that holds all keys of the filter answers it alone, which spares a look at each partition's keys. */
function valuesOf(
  query: PartitionQuery,
  index: PartitionIndexEntry,
): Pick<RangeOrder, "join" | "id" | "key"> {
  const used = query.filter === undefined ? [] : keysIn(query.filter);
  const isEnough = used.every(({ position }) => entryColumn(index, position) !== undefined);
  if (isEnough && query.segment === undefined)
    return { join: "", id: "e.id", key: ({ position }) => `nullif(e.${entryColumn(index, position)}, x'')` };
  const join = `CROSS JOIN partition_keys p ON p.table_id = ${query.tableId} AND p.name = e.name`;
  return { join, id: "p.id", key: keyExpression };
}

function nameOrder(query: PartitionQuery, range: KeyRange): RangeOrder {
  const { from, to } = nameRange(range, query.keys.length);
  return {
    table: "partition_keys p",
    within: { text: "p.table_id = ?", values: [BigInt(query.tableId)] },
    from: { text: " AND p.name >= ?", values: [from] },
    to: { text: " AND p.name < ?", values: [to] },
    join: "",
    id: "p.id",
    key: keyExpression,
    columns: ["p.name"],
    place: (name) => [name],
  };
}

/**
 * The part of a range behind one partition, up to another. Only one condition stands at each end, so that SQLite
 * seeks by it: of two it might take the looser one, and read each slice from the beginning of the range.
 */
function sliceSql(order: RangeOrder, after: string | undefined, end?: string | undefined): Sql {
  const from = after === undefined ? order.from : placeSql(order, ">", after);
  const to = end === undefined ? order.to : placeSql(order, "<=", end);
  return {
    text: `${order.within.text}${from.text}${to.text}`,
    values: [...order.within.values, ...from.values, ...to.values],
  };
}

function placeSql(order: RangeOrder, operator: ">" | "<=", name: string): Sql {
  const values = order.place(name);
  const marks = values.map(() => "?").join(", ");
  return { text: ` AND (${order.columns.join(", ")}) ${operator} (${marks})`, values };
}

/** The name of the last row of a full slice; undefined when fewer rows are left. */
function sliceEnd(file: SqlFile, order: RangeOrder, after: string | undefined): string | undefined {
  const rest = sliceSql(order, after);
  const name = order.columns.at(-1) ?? "";
  const sql = `SELECT ${name} AS name FROM ${order.table} WHERE ${rest.text}
    ORDER BY ${order.columns.join(", ")} LIMIT 1 OFFSET ${sliceRows - 1}`;
  const row = file.prepare(sql).get(...rest.values) as { name: string } | undefined;
  return row?.name;
}

/** The partitions of a slice that match, one after the other: definitions can be long. */
function sliceOf(
  file: SqlFile,
  query: PartitionQuery,
  order: RangeOrder,
  slice: Sql,
): Iterable<PartitionRow> {
  const filter = query.filter && filterSql(query.filter, order.key);
  const where = [
    slice.text,
    ...(filter === undefined ? [] : [filter.text]),
    ...(query.segment === undefined ? [] : [segmentText(query.segment)]),
  ].join(" AND ");
  // A cross join keeps SQLite to this order of the tables.
  const sql = `SELECT d.id, ${order.columns.at(-1)} AS name, d.document, d.created_ms
    FROM ${order.table} ${order.join} CROSS JOIN partition_documents d ON d.id = ${order.id}
    WHERE ${where} ORDER BY ${order.columns.join(", ")}`;
  return file.prepare(sql).iterate(...slice.values, ...(filter?.values ?? [])) as Iterable<PartitionRow>;
}

function segmentText({ number, total }: PartitionSegment): string {
  const size = buckets / total;
  return `p.bucket >= ${number * size} AND p.bucket < ${(number + 1) * size}`;
}
