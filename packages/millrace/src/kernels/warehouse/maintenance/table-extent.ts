import type { RelationRecord } from "../catalog/records.ts";
import type { EngineConnection } from "../engine/engine-connection.ts";
import type { TableExtent } from "../system/event-logs.ts";

/** What a table's files hold. */
export interface StoredRows {
  /** Rows that are there. */
  readonly live: number;
  /** With those that were deleted and still take up space. */
  readonly stored: number;
  /** Runs of rows of a column that the engine reads or leaves out as a whole. */
  readonly blocks: number;
}

/** @param table the engine's name */
export async function storedRows(connection: EngineConnection, table: string): Promise<StoredRows> {
  const [[live] = []] = await connection.rows(`SELECT count(*) FROM ${table}`);
  const [[stored, blocks] = []] = await connection.rows(
    `SELECT coalesce(sum(count) FILTER (WHERE column_id = 0), 0), count(*)
     FROM pragma_storage_info('${table}') WHERE segment_type <> 'VALIDITY'`,
  );
  return { live: Number(live), stored: Math.max(Number(live), Number(stored)), blocks: Number(blocks) };
}

/** As STL_VACUUM has it: rows with the deleted ones. */
export function extentOf(record: RelationRecord, rows: StoredRows, unsorted: number): TableExtent {
  const sortedRows = record.sort === undefined ? 0 : Math.max(0, rows.live - unsorted);
  return { rows: rows.stored, sortedRows, blocks: rows.blocks };
}
