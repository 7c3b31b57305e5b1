import { type SystemRow, type SystemTable, systemTable } from "../system-table.ts";
import type { StatementFact, SystemView } from "../system-view.ts";
import { microsBetween, textPieces } from "./activity.ts";

const ownRows = { visibility: "own rows" } as const;

/** Queries and changes of data, which Redshift numbers; DDL and commands have tables of their own. */
function queries(view: SystemView): StatementFact[] {
  return [...view.statements()].filter(
    (statement) => statement.category === "query" || statement.category === "dml",
  );
}

function ended(statements: readonly StatementFact[]): StatementFact[] {
  return statements.filter((statement) => statement.endedAtMs !== undefined);
}

/** The texts of a kind of statement, cut into pieces. */
function textRows(
  statements: readonly StatementFact[],
  values: (statement: StatementFact) => SystemRow,
): SystemRow[] {
  return statements.flatMap((statement) =>
    textPieces(statement.text).map((text, sequence) => ({ ...values(statement), sequence, text })),
  );
}

const commandColumns = `userid int4, xid int8, pid int4, label bpchar(320), starttime timestamp, endtime timestamp,
  sequence int4, text bpchar(200)`;

function commandValues(statement: StatementFact): SystemRow {
  return {
    userid: statement.userId,
    xid: statement.transactionId,
    pid: statement.processId,
    label: statement.label,
    starttime: statement.startedAtMs,
    endtime: statement.endedAtMs ?? null,
  };
}

function commandRows(view: SystemView, category: StatementFact["category"]): SystemRow[] {
  return textRows(
    ended([...view.statements()]).filter((entry) => entry.category === category),
    commandValues,
  );
}

const statementTypes = Object.freeze({ query: "QUERY", dml: "QUERY", ddl: "DDL", utility: "UTILITY" });

export const statementLogTables: readonly SystemTable[] = Object.freeze([
  systemTable(
    "stl_query",
    `userid int4, query int4, label bpchar(320), xid int8, pid int4, database bpchar(32), querytxt bpchar(4000),
     starttime timestamp, endtime timestamp, aborted int4, insert_pristine int4, concurrency_scaling_status int4`,
    (view) =>
      ended(queries(view)).map((statement) => ({
        userid: statement.userId,
        query: statement.queryId,
        label: statement.label,
        xid: statement.transactionId,
        pid: statement.processId,
        database: statement.database,
        querytxt: statement.text.slice(0, 4000),
        starttime: statement.startedAtMs,
        endtime: statement.endedAtMs ?? null,
        aborted: statement.aborted ? 1 : 0,
        insert_pristine: 0,
        concurrency_scaling_status: 0,
      })),
    ownRows,
  ),
  systemTable(
    "stl_querytext",
    "userid int4, xid int8, pid int4, query int4, sequence int4, text bpchar(200)",
    (view) =>
      textRows(queries(view), (statement) => ({
        userid: statement.userId,
        xid: statement.transactionId,
        pid: statement.processId,
        query: statement.queryId,
      })),
    ownRows,
  ),
  systemTable("stl_ddltext", commandColumns, (view) => commandRows(view, "ddl"), ownRows),
  systemTable("stl_utilitytext", commandColumns, (view) => commandRows(view, "utility"), ownRows),
  systemTable(
    "svl_statementtext",
    `userid int4, xid int8, pid int4, label bpchar(320), starttime timestamp, endtime timestamp, sequence int4,
     type varchar(10), text bpchar(200)`,
    (view) =>
      textRows(ended([...view.statements()]), (statement) => ({
        ...commandValues(statement),
        type: statementTypes[statement.category],
      })),
    ownRows,
  ),
  systemTable(
    "svl_qlog",
    `userid int4, query int4, xid int8, pid int4, starttime timestamp, endtime timestamp, elapsed int8, aborted int4,
     label bpchar(320), substring bpchar(60), source_query int4, concurrency_scaling_status_txt text,
     from_sp_call int4`,
    (view) =>
      ended(queries(view)).map((statement) => ({
        userid: statement.userId,
        query: statement.queryId,
        xid: statement.transactionId,
        pid: statement.processId,
        starttime: statement.startedAtMs,
        endtime: statement.endedAtMs ?? null,
        elapsed: microsBetween(statement.startedAtMs, statement.endedAtMs ?? statement.startedAtMs),
        aborted: statement.aborted ? 1 : 0,
        label: statement.label,
        substring: statement.text.slice(0, 60),
        source_query: null,
        concurrency_scaling_status_txt: "0 - Ran on the main cluster",
        from_sp_call: null,
      })),
    ownRows,
  ),
  systemTable(
    "sys_query_history",
    `user_id int4, query_id int8, query_label bpchar(320), transaction_id int8, session_id int4,
     database_name bpchar(128), query_type bpchar(32), status bpchar(10), result_cache_hit bool,
     start_time timestamp, end_time timestamp, elapsed_time int8, queue_time int8, execution_time int8,
     error_message bpchar(512), returned_rows int8, returned_bytes int8, query_text bpchar(4000),
     redshift_version bpchar(256), usage_limit bpchar(150), compute_type varchar(32), compile_time int8,
     planning_time int8, lock_wait_time int8, service_class_id int4, service_class_name bpchar(64),
     query_priority bpchar(20), short_query_accelerated varchar(10), user_query_hash bpchar(40),
     generic_query_hash bpchar(40), query_hash_version int4`,
    (view) => [...view.statements()].map((statement) => historyRow(statement, view.nowMs)),
    ownRows,
  ),
  systemTable(
    "sys_query_text",
    `user_id int4, query_id int8, transaction_id int8, session_id int4, start_time timestamp, sequence int4,
     text bpchar(200)`,
    (view) =>
      textRows([...view.statements()], (statement) => ({
        user_id: statement.userId,
        query_id: statement.queryId,
        transaction_id: statement.transactionId,
        session_id: statement.processId,
        start_time: statement.startedAtMs,
      })),
    ownRows,
  ),
]);

/** Columns of what there is not (queues, compilation, hashes) are NULL. */
function historyRow(statement: StatementFact, nowMs: number): SystemRow {
  const elapsed = microsBetween(statement.startedAtMs, statement.endedAtMs ?? nowMs);
  const planning = Math.min(elapsed, Math.round(statement.planningMs * 1000));
  return {
    user_id: statement.userId,
    query_id: statement.queryId,
    query_label: statement.label,
    transaction_id: statement.transactionId,
    session_id: statement.processId,
    database_name: statement.database,
    query_type: statement.queryType,
    status: statusOf(statement),
    result_cache_hit: false,
    start_time: statement.startedAtMs,
    end_time: statement.endedAtMs ?? null,
    elapsed_time: elapsed,
    queue_time: 0,
    execution_time: elapsed - planning,
    error_message: statement.error?.message.slice(0, 512) ?? "",
    returned_rows: statement.rows,
    returned_bytes: statement.resultBytes,
    query_text: statement.text.slice(0, 4000),
    compute_type: "primary",
    planning_time: planning,
  };
}

/** SQLSTATE of a statement that was cancelled. */
const queryCanceled = "57014";

function statusOf(statement: StatementFact): string {
  if (statement.endedAtMs === undefined) return "running";
  if (statement.error === undefined) return statement.aborted ? "canceled" : "success";
  return statement.error.sqlState === queryCanceled ? "canceled" : "failed";
}
