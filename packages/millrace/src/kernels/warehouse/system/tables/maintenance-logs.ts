import type { VacuumEvent } from "../event-logs.ts";
import { type SystemRow, type SystemTable, systemTable } from "../system-table.ts";
import { microsBetween } from "./activity.ts";

const ownRows = { visibility: "own rows" } as const;
const superuser = { visibility: "superuser" } as const;

/** STL_VACUUM has a row for the beginning and one for the end of a VACUUM; of a skipped one a single row. */
function vacuumRows(event: VacuumEvent): SystemRow[] {
  const mode =
    event.vacuumType === "Full"
      ? ""
      : ` ${event.vacuumType} ${event.vacuumType === "Recluster" ? "" : "Only"}`;
  const prefix = event.automatic ? "[VacuumBG] " : "";
  const row = (status: string, atMs: number, extent: VacuumEvent["before"]): SystemRow => ({
    userid: event.userId,
    xid: event.transactionId,
    table_id: event.tableOid,
    status: `${prefix}${status}`,
    rows: extent.rows,
    sortedrows: extent.sortedRows,
    blocks: extent.blocks,
    max_merge_partitions: null,
    eventtime: atMs,
    is_recluster: event.vacuumType === "Recluster" ? 1 : 0,
  });
  const started = `Started${mode}`.trimEnd();
  if (event.outcome === "Skipped") return [row(`Skipped${mode}`.trimEnd(), event.atMs, event.before)];
  return [row(started, event.startedAtMs, event.before), row(event.outcome, event.atMs, event.after)];
}

const vacuumTables: readonly SystemTable[] = [
  systemTable(
    "stl_vacuum",
    `userid int4, xid int8, table_id int4, status bpchar(30), rows int8, sortedrows int8, blocks int4,
     max_merge_partitions int4, eventtime timestamp, reclaimable_rows int8, reclaimable_space_mb int8,
     cutoff_xid int8, is_recluster int4`,
    (view) => [...view.logs.vacuums].flatMap(vacuumRows),
    superuser,
  ),
  systemTable(
    "svv_vacuum_summary",
    `table_name text, xid int8, sort_partitions int8, merge_increments int8, elapsed_time int8, row_delta int8,
     sortedrow_delta int8, block_delta int4, max_merge_partitions int4`,
    (view) =>
      [...view.logs.vacuums]
        .filter((event) => event.outcome === "Finished")
        .map((event) => ({
          table_name: event.tableName,
          xid: event.transactionId,
          elapsed_time: microsBetween(event.startedAtMs, event.atMs),
          row_delta: event.after.rows - event.before.rows,
          sortedrow_delta: event.after.sortedRows - event.before.sortedRows,
          block_delta: event.after.blocks - event.before.blocks,
        })),
    superuser,
  ),
  systemTable(
    "svv_vacuum_progress",
    "table_name text, status text, time_remaining_estimate text",
    // The last one, which has ended: a running VACUUM has no stages that could be told.
    (view) =>
      [...view.logs.vacuums].slice(-1).map((event) => ({
        table_name: event.tableName,
        status: event.outcome === "Failed" ? "Failed" : "Complete",
        time_remaining_estimate: null,
      })),
    superuser,
  ),
  systemTable(
    "sys_vacuum_history",
    `user_id int4, transaction_id int8, query_id int8, database_name text, schema_name text, table_name text,
     table_id int4, vacuum_type bpchar(16), is_automatic bool, status bpchar(64), start_time timestamp,
     end_time timestamp, record_time timestamp, duration int8, rows_before_vacuum int8, size_before_vacuum int4,
     reclaimable_rows int8, reclaimed_rows int8, reclaimed_blocks int8, sortedrows_before_vacuum int8,
     sortedrows_after_vacuum int8`,
    (view) =>
      [...view.logs.vacuums].map((event) => ({
        user_id: event.userId,
        transaction_id: event.transactionId,
        query_id: event.automatic ? null : event.queryId,
        database_name: event.sessionDatabase,
        schema_name: event.schemaName,
        table_name: event.tableName,
        table_id: event.tableOid,
        vacuum_type: event.vacuumType,
        is_automatic: event.automatic,
        status: event.outcome === "Finished" ? "Complete" : event.outcome,
        start_time: event.startedAtMs,
        end_time: event.atMs,
        record_time: event.atMs,
        duration: microsBetween(event.startedAtMs, event.atMs),
        rows_before_vacuum: event.before.rows,
        size_before_vacuum: event.before.blocks,
        reclaimed_rows: event.before.rows - event.after.rows,
        reclaimed_blocks: event.before.blocks - event.after.blocks,
        sortedrows_before_vacuum: event.before.sortedRows,
        sortedrows_after_vacuum: event.after.sortedRows,
      })),
    ownRows,
  ),
];

const analyzeTables: readonly SystemTable[] = [
  systemTable(
    "stl_analyze",
    `userid int4, xid int8, database bpchar(30), table_id int4, status bpchar(15), rows float8, modified_rows float8,
     threshold_percent int4, is_auto bpchar(1), starttime timestamp, endtime timestamp, prevtime timestamp,
     num_predicate_cols int4, num_new_predicate_cols int4, is_background bpchar(1),
     auto_analyze_phase bpchar(100), schema_name bpchar(128), table_name bpchar(136)`,
    (view) =>
      [...view.logs.analyzes].map((event) => ({
        userid: event.userId,
        xid: event.transactionId,
        database: event.sessionDatabase,
        table_id: event.tableOid,
        status: event.outcome,
        rows: event.rows,
        modified_rows: event.modifiedRows,
        threshold_percent: event.thresholdPercent,
        is_auto: event.automatic ? "t" : "f",
        starttime: event.startedAtMs,
        endtime: event.atMs,
        prevtime: event.previousAtMs ?? null,
        is_background: event.automatic ? "t" : "f",
        schema_name: event.schemaName,
        table_name: event.tableName,
      })),
    superuser,
  ),
  systemTable(
    "sys_analyze_history",
    `user_id int4, transaction_id int8, query_id int8, database_name bpchar(30), schema_name bpchar(128),
     table_name bpchar(128), table_id int4, is_automatic bool, status bpchar(15), start_time timestamp,
     end_time timestamp, rows int8, modified_rows int8, analyze_threshold_percent int4,
     last_analyze_time timestamp`,
    (view) =>
      [...view.logs.analyzes].map((event) => ({
        user_id: event.userId,
        transaction_id: event.transactionId,
        query_id: event.queryId,
        database_name: event.sessionDatabase,
        schema_name: event.schemaName,
        table_name: event.tableName,
        table_id: event.tableOid,
        is_automatic: event.automatic,
        status: event.outcome,
        start_time: event.startedAtMs,
        end_time: event.atMs,
        rows: Math.round(event.rows),
        modified_rows: Math.round(event.modifiedRows),
        analyze_threshold_percent: event.thresholdPercent,
        last_analyze_time: event.previousAtMs ?? null,
      })),
    ownRows,
  ),
];

const refreshTables: readonly SystemTable[] = [
  systemTable(
    "svl_mv_refresh_status",
    `db_name bpchar(128), userid int8, schema_name bpchar(128), mv_name bpchar(128), xid int8, starttime timestamp,
     endtime timestamp, status text, refresh_type bpchar(32)`,
    (view) =>
      [...view.logs.refreshes].map((event) => ({
        db_name: event.sessionDatabase,
        userid: event.userId,
        schema_name: event.schemaName,
        mv_name: event.viewName,
        xid: event.transactionId,
        starttime: event.startedAtMs,
        endtime: event.atMs,
        status: event.status,
        refresh_type: event.automatic ? "Auto" : "Manual",
      })),
    ownRows,
  ),
  systemTable(
    "sys_mv_refresh_history",
    `user_id int4, session_id int4, transaction_id int8, database_name bpchar(128), schema_name bpchar(128),
     mv_id int8, mv_name bpchar(128), refresh_type bpchar(32), status text, start_time timestamp,
     end_time timestamp, duration int8`,
    (view) =>
      [...view.logs.refreshes].map((event) => ({
        user_id: event.userId,
        session_id: event.processId,
        transaction_id: event.transactionId,
        database_name: event.sessionDatabase,
        schema_name: event.schemaName,
        mv_id: event.viewOid,
        mv_name: event.viewName,
        refresh_type: event.automatic ? "Auto" : "Manual",
        status: event.status,
        start_time: event.startedAtMs,
        end_time: event.atMs,
        duration: microsBetween(event.startedAtMs, event.atMs),
      })),
    ownRows,
  ),
];

export const maintenanceLogTables: readonly SystemTable[] = Object.freeze([
  ...vacuumTables,
  ...analyzeTables,
  ...refreshTables,
]);
