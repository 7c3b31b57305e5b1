import type { RelationRecord, SchemaRecord } from "../../catalog/records.ts";
import { encodingText } from "../encoding-numbers.ts";
import { columnNamed, distributionText, hasRows, relationsInSchemas } from "../system-objects.ts";
import { type SystemRow, type SystemTable, systemTable } from "../system-table.ts";
import type { StorageFact, SystemView } from "../system-view.ts";
import { blockBytes } from "./pg-class.ts";

interface StoredTable {
  readonly relation: RelationRecord;
  readonly schema: SchemaRecord;
  readonly storage: StorageFact;
}

async function storedTables(view: SystemView): Promise<StoredTable[]> {
  const pairs = [...relationsInSchemas(view)].filter(([relation]) => hasRows(relation));
  const storage = await view.storage(pairs.map(([relation]) => relation));
  return pairs.flatMap(([relation, schema]) => {
    const fact = storage.get(relation.oid);
    return fact === undefined ? [] : [{ relation, schema, storage: fact }];
  });
}

/** Blocks of a megabyte that a run of bytes fills. */
function blocksOf(bytes: number): number {
  return Math.ceil(bytes / blockBytes);
}

/** A segment of the engine is a block here: it is what is read or left out as a whole. */
function blockCount(storage: StorageFact): number {
  return storage.columns.reduce((sum, column) => sum + column.segments.length, 0);
}

function sizeMegaBytes(storage: StorageFact): number {
  const bytes = storage.columns.reduce((sum, column) => sum + columnBytes(column), 0);
  return blocksOf(bytes);
}

function columnBytes(column: StorageFact["columns"][number]): number {
  return column.segments.reduce((sum, segment) => sum + segment.bytes, 0);
}

const tableInfo: SystemTable = systemTable(
  "svv_table_info",
  `database text, schema text, table_id oid, table text, encoded text, diststyle text, sortkey1 text,
   max_varchar int4, sortkey1_enc bpchar(32), sortkey_num int4, size int8, pct_used numeric(10,4), empty int8,
   unsorted numeric(5,2), stats_off numeric(5,2), tbl_rows numeric(38,0), skew_sortkey1 numeric(19,2),
   skew_rows numeric(19,2), estimated_visible_rows numeric(38,0), risk_event text,
   vacuum_sort_benefit numeric(12,2), create_time timestamp`,
  async (view) => {
    const totalMegaBytes = view.cluster.disk().totalBytes / blockBytes;
    // As AWS has it, empty tables are left out.
    return (await storedTables(view))
      .filter(({ storage }) => storage.rows > 0)
      .map((table) => tableInfoRow(table, view, totalMegaBytes));
  },
  { visibility: "superuser" },
);

function tableInfoRow(
  { relation, schema, storage }: StoredTable,
  view: SystemView,
  totalMegaBytes: number,
): SystemRow {
  const size = sizeMegaBytes(storage);
  const sortColumn = columnNamed(relation, relation.sort?.columns[0]);
  const lengths = relation.columns.map(({ type }) =>
    type.name === "character varying" ? (type.length ?? 0) : 0,
  );
  const isSorted = relation.sort !== undefined;
  return {
    database: view.session.database.name,
    schema: schema.name,
    table_id: relation.oid,
    table: relation.name,
    encoded: encodedText(relation),
    diststyle: distributionText(relation),
    sortkey1: sortKeyText(relation),
    max_varchar: Math.max(0, ...lengths),
    sortkey1_enc: sortColumn === undefined ? null : encodingText(sortColumn.encoding),
    sortkey_num: relation.sort?.columns.length ?? 0,
    size,
    pct_used: totalMegaBytes === 0 ? null : ((size / totalMegaBytes) * 100).toFixed(4),
    // For internal use at AWS.
    empty: 0,
    unsorted: isSorted
      ? ((Math.min(relation.statistics.unsortedRows, storage.rows) / storage.rows) * 100).toFixed(2)
      : null,
    stats_off: statisticsOff(relation, storage).toFixed(2),
    tbl_rows: storage.rows,
    skew_sortkey1: sortKeySkew(relation, storage),
    skew_rows: rowSkew(relation, storage),
    estimated_visible_rows: storage.rows,
    risk_event: null,
    vacuum_sort_benefit: null,
    create_time: relation.createdAtMs,
  };
}

function encodedText(relation: RelationRecord): string {
  return relation.columns.some((column) => encodingText(column.encoding) !== "none") ? "Y" : "N";
}

function sortKeyText(relation: RelationRecord): string | null {
  const { sort } = relation;
  if (sort === undefined) return null;
  if (sort.style === "interleaved") return "INTERLEAVED";
  const name = columnNamed(relation, sort.columns[0])?.name ?? "";
  return sort.auto ? `AUTO(SORTKEY(${name}))` : name;
}

/** How far the row count of the last ANALYZE is from the true one, in percent; 100 before the first. */
function statisticsOff(relation: RelationRecord, storage: StorageFact): number {
  const { analyzedRows } = relation.statistics;
  if (analyzedRows === undefined) return 100;
  if (storage.rows === 0) return analyzedRows === 0 ? 0 : 100;
  return Math.min(100, (Math.abs(storage.rows - analyzedRows) / storage.rows) * 100);
}

/** The largest column that is no sort key against the first column of the sort key. */
function sortKeySkew(relation: RelationRecord, storage: StorageFact): string | null {
  const { sort } = relation;
  if (sort === undefined) return null;
  const bytesOf = new Map(storage.columns.map((column) => [column.attributeNumber, columnBytes(column)]));
  const first = bytesOf.get(sort.columns[0] ?? 0) ?? 0;
  const others = [...bytesOf].filter(([number]) => !sort.columns.includes(number)).map(([, bytes]) => bytes);
  return first === 0 || others.length === 0 ? null : (Math.max(...others) / first).toFixed(2);
}

/** Rows of the fullest slice against those of the emptiest; tables that are on all nodes have no skew. */
function rowSkew({ distribution }: RelationRecord, { rowsBySlice }: StorageFact): string | null {
  if (distribution.style === "all" || rowsBySlice.length === 0) return null;
  const most = Math.max(...rowsBySlice);
  const least = Math.min(...rowsBySlice);
  // AWS caps what has an empty slice at 100.
  return least === 0 ? (most === 0 ? null : "100.00") : (most / least).toFixed(2);
}

const blockColumns = `blocknum int4, num_values int4, extended_limits int4, minvalue int8, maxvalue int8, sb_pos int4,
  pinned int4, on_disk int4, modified int4, hdr_modified int4, unsorted int4, tombstone int4,
  preferred_diskno int4, temporary int4, newblock int4`;

function* blockRows(tables: readonly StoredTable[]): Iterable<SystemRow> {
  for (const { relation, schema, storage } of tables)
    for (const { attributeNumber, segments } of storage.columns) {
      const col = relation.columns.findIndex((column) => column.attributeNumber === attributeNumber);
      for (const [blocknum, segment] of segments.entries())
        yield {
          slice: segment.slice,
          col,
          tbl: relation.oid,
          blocknum,
          num_values: segment.rows,
          extended_limits: 0,
          minvalue: integerOf(segment.minimum),
          maxvalue: integerOf(segment.maximum),
          sb_pos: 0,
          pinned: 0,
          on_disk: 1,
          modified: 0,
          hdr_modified: 0,
          unsorted: relation.sort === undefined ? 1 : 0,
          tombstone: 0,
          preferred_diskno: 0,
          temporary: schema.name.startsWith("pg_temp") ? 1 : 0,
          newblock: 0,
        };
    }
}

/** Limits of a block that are no integers are left out: Redshift shows their first eight bytes. */
function integerOf(text: string | undefined): bigint | null {
  return text !== undefined && /^-?\d{1,18}$/.test(text) ? BigInt(text) : null;
}

const blocklist: SystemTable = systemTable(
  "stv_blocklist",
  `slice int4, col int4, tbl int4, ${blockColumns}, num_readers int4, flags int4`,
  async (view) =>
    [...blockRows(await storedTables(view))].map((row) => ({ ...row, num_readers: 0, flags: 0 })),
  { visibility: "superuser" },
);

const diskUsage: SystemTable = systemTable(
  "svv_diskusage",
  `db_id int4, name bpchar(72), slice int4, col int4, tbl int4, ${blockColumns}`,
  async (view) => {
    const tables = await storedTables(view);
    const names = new Map(tables.map(({ relation }) => [relation.oid, relation.name]));
    return [...blockRows(tables)].map((row) => ({
      ...row,
      db_id: view.session.database.oid,
      name: names.get(Number(row["tbl"])) ?? null,
    }));
  },
  { visibility: "superuser" },
);

const distributionNumbers = Object.freeze({ even: 0, key: 1, all: 8 });

const tablePermanent: SystemTable = systemTable(
  "stv_tbl_perm",
  `slice int4, id int4, name bpchar(72), rows int8, sorted_rows int8, temp int4, db_id int4, insert_pristine int4,
   delete_pristine int4, backup int4, dist_style int4, block_count int4`,
  async (view) =>
    (await storedTables(view)).flatMap(({ relation, schema, storage }) =>
      storage.rowsBySlice.map((rows, slice) => ({
        slice,
        id: relation.oid,
        name: relation.name,
        rows,
        sorted_rows: sortedRows(relation, storage, rows),
        temp: schema.name.startsWith("pg_temp") ? 1 : 0,
        db_id: view.session.database.oid,
        insert_pristine: 0,
        delete_pristine: 0,
        backup: relation.backup ? 1 : 0,
        dist_style: distributionNumbers[relation.distribution.style],
        block_count: slice === 0 ? blockCount(storage) : 0,
      })),
    ),
  { visibility: "superuser" },
);

/** The share of a slice in the sorted rows of its table. */
function sortedRows(relation: RelationRecord, storage: StorageFact, rows: number): number {
  if (relation.sort === undefined || storage.rows === 0) return 0;
  const sorted = Math.max(0, storage.rows - relation.statistics.unsortedRows);
  return Math.floor((rows * sorted) / storage.rows);
}

const slices: SystemTable = systemTable(
  "stv_slices",
  "node int4, slice int4, localslice int4, type bpchar(1)",
  ({ cluster }) => {
    const perNode = cluster.slices / cluster.nodes;
    return Array.from({ length: cluster.slices }, (_, slice) => ({
      node: Math.floor(slice / perNode),
      slice,
      localslice: slice % perNode,
      type: "D",
    }));
  },
);

/** One node's share of the disk, in blocks. */
function nodeBlocks({ cluster }: SystemView): { readonly used: number; readonly capacity: number } {
  const { totalBytes, freeBytes } = cluster.disk();
  const capacity = cluster.usedBytes() + freeBytes;
  return {
    used: Math.ceil(cluster.usedBytes() / blockBytes / cluster.nodes),
    capacity: Math.floor(Math.min(capacity, totalBytes) / blockBytes / cluster.nodes),
  };
}

const nodeCapacity: SystemTable = systemTable(
  "stv_node_storage_capacity",
  "node int4, used int4, capacity int4",
  (view) => Array.from({ length: view.cluster.nodes }, (_, node) => ({ node, ...nodeBlocks(view) })),
  { visibility: "superuser" },
);

/** What nobody counts here (reads, writes, seeks) is NULL. */
const partitions: SystemTable = systemTable(
  "stv_partitions",
  `owner int4, host int4, diskno int4, part_begin int8, part_end int8, used int4, tossed int4, capacity int4,
   reads int8, writes int8, seek_forward int4, seek_back int4, is_san int4, failed int4, mbps int4,
   mount bpchar(256)`,
  (view) =>
    Array.from({ length: view.cluster.nodes }, (_, node) => ({
      owner: node,
      host: node,
      diskno: 0,
      part_begin: 0,
      part_end: BigInt(nodeBlocks(view).capacity) * BigInt(blockBytes),
      tossed: 0,
      failed: 0,
      ...nodeBlocks(view),
    })),
  { visibility: "superuser" },
);

export const storageTables: readonly SystemTable[] = Object.freeze([
  tableInfo,
  blocklist,
  diskUsage,
  tablePermanent,
  slices,
  nodeCapacity,
  partitions,
]);
