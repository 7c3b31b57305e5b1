import type { CatalogView } from "../catalog/catalog-view.ts";
import type { RelationRecord } from "../catalog/records.ts";
import type { EngineConnection } from "../engine/engine-connection.ts";
import { copySlices, sliceExpression } from "../slices/slice-expression.ts";
import type { ColumnStorageFact, StorageFact } from "../system/system-view.ts";
import { engineColumn, engineTable, engineTemporaryTable } from "./engine-names.ts";
import type { SessionParts } from "./session-parts.ts";

/** Rows and blocks of tables, counted now in the session's transaction. */
export async function storageFacts(
  parts: SessionParts,
  view: CatalogView,
  relations: readonly RelationRecord[],
): Promise<ReadonlyMap<number, StorageFact>> {
  const { slices, nodes } = parts.host.facts;
  const facts = new Map<number, StorageFact>();
  for (const record of relations) {
    if (record.type === "view" || record.type === "late-binding view") continue;
    const table = view.isTemporary(record)
      ? engineTemporaryTable(record.oid)
      : engineTable(parts.database.engineName, record.oid);
    const counted = await parts.connection.rows(
      `SELECT ${sliceExpression(record, slices)} AS slice, count(*) FROM ${table} GROUP BY slice`,
    );
    const bySlice = Array.from({ length: slices }, () => 0);
    for (const [slice, count] of counted) bySlice[Number(slice)] = Number(count);
    const rows = bySlice.reduce((sum, count) => sum + count, 0);
    const all = record.distribution.style === "all" ? copySlices(slices, nodes) : undefined;
    facts.set(record.oid, {
      relationOid: record.oid,
      rows,
      rowsBySlice: all === undefined ? bySlice : bySlice.map((_, slice) => (all.includes(slice) ? rows : 0)),
      columns: await columnFacts(parts.connection, table, record, bySlice),
    });
  }
  return facts;
}

/**
 * The engine keeps a table's rows in runs (segments) that know no slices. Each run is said to lie on one of the
 * slices that hold rows, in turn, so that a slice's share of blocks is its share of rows.
 */
async function columnFacts(
  connection: EngineConnection,
  table: string,
  record: RelationRecord,
  bySlice: readonly number[],
): Promise<readonly ColumnStorageFact[]> {
  const used = bySlice.flatMap((rows, slice) => (rows > 0 ? [slice] : []));
  const segments = await connection.rows(
    `SELECT column_name, compression, count, segment_type, stats, block_id
     FROM pragma_storage_info('${table}') WHERE segment_type <> 'VALIDITY'
     ORDER BY row_group_id, column_id, segment_id`,
  );
  return record.columns.map(({ attributeNumber }) => {
    const own = segments.filter(([name]) => name === engineColumn(attributeNumber));
    // Small segments share a block, which counts once. One that is in no file yet has none.
    const blocks = new Set(own.map(([, , , , , block]) => String(block))).size;
    const bytes = own.length === 0 ? 0 : Math.ceil((bytesPerBlock * blocks) / own.length);
    return {
      attributeNumber,
      compression: String(own[0]?.[1] ?? "Uncompressed"),
      segments: own.map(([, , count, , stats], index) => ({
        rows: Number(count),
        bytes,
        slice: used[index % Math.max(1, used.length)] ?? 0,
        minimum: /\[Min: (.*?), Max: /.exec(String(stats))?.[1],
        maximum: /, Max: (.*?)\]/.exec(String(stats))?.[1],
      })),
    };
  });
}

/** The engine's block. */
const bytesPerBlock = 256 * 1024;
