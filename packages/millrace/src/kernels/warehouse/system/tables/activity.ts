import { type SystemTable, systemTable } from "../system-table.ts";
import type { StatementFact, SystemView } from "../system-view.ts";

const ownRows = { visibility: "own rows" } as const;

function running(view: SystemView): StatementFact[] {
  return [...view.statements()].filter((statement) => statement.endedAtMs === undefined);
}

/** Microseconds between two times in milliseconds. */
export function microsBetween(startedAtMs: number, endedAtMs: number): number {
  return Math.round((endedAtMs - startedAtMs) * 1000);
}

/** The leader runs what we run; Redshift gives this number to it. */
const leaderSlice = 12_811;

export const activityTables: readonly SystemTable[] = Object.freeze([
  systemTable(
    "stv_sessions",
    "starttime timestamp, process int4, user_name bpchar(50), db_name bpchar(50), timeout_sec int4",
    (view) => {
      const timeouts = new Map(view.leader.users.map((user) => [user.id, user.sessionTimeoutSeconds ?? 0]));
      return [...view.sessions()]
        .filter((session) => session.endedAtMs === undefined)
        .filter((session) => view.session.user.superuser || session.userId === view.session.user.id)
        .map((session) => ({
          starttime: session.startedAtMs,
          process: session.processId,
          user_name: session.userName,
          db_name: session.database,
          timeout_sec: timeouts.get(session.userId) ?? 0,
        }));
    },
  ),
  systemTable(
    "stv_inflight",
    `userid int4, slice int4, query int4, label bpchar(320), xid int8, pid int4, starttime timestamp,
     text bpchar(100), suspended int4, insert_pristine int4, concurrency_scaling_status int4`,
    (view) =>
      running(view).map((statement) => ({
        userid: statement.userId,
        slice: leaderSlice,
        query: statement.queryId,
        label: statement.label,
        xid: statement.transactionId,
        pid: statement.processId,
        starttime: statement.startedAtMs,
        text: statement.text.slice(0, 100),
        suspended: 0,
        insert_pristine: 0,
        concurrency_scaling_status: 0,
      })),
    ownRows,
  ),
  systemTable(
    "svv_query_inflight",
    `userid int4, slice int4, query int4, pid int4, starttime timestamp, suspended int4, text bpchar(200),
     sequence int4`,
    (view) =>
      running(view).flatMap((statement) =>
        textPieces(statement.text).map((text, sequence) => ({
          userid: statement.userId,
          slice: leaderSlice,
          query: statement.queryId,
          pid: statement.processId,
          starttime: statement.startedAtMs,
          suspended: 0,
          text,
          sequence,
        })),
      ),
    ownRows,
  ),
  systemTable(
    "stv_recents",
    `userid int4, status bpchar(20), starttime timestamp, duration int4, user_name bpchar(50), db_name bpchar(50),
     query bpchar(600), pid int4`,
    (view) =>
      [...view.statements()].slice(-recentStatements).map((statement) => ({
        userid: statement.userId,
        status: statement.endedAtMs === undefined ? "Running" : "Done",
        starttime: statement.startedAtMs,
        duration: Math.min(
          microsBetween(statement.startedAtMs, statement.endedAtMs ?? view.nowMs),
          largestInteger,
        ),
        user_name: statement.userName,
        db_name: statement.database,
        query: statement.text.slice(0, 600),
        // As AWS: -1 for what has ended.
        pid: statement.endedAtMs === undefined ? statement.processId : -1,
      })),
    ownRows,
  ),
  systemTable(
    "stv_locks",
    `table_id int4, last_commit timestamp, last_update timestamp, lock_owner int8, lock_owner_pid int8,
     lock_owner_start_ts timestamp, lock_owner_end_ts timestamp, lock_status bpchar(22)`,
    (view) =>
      [...view.transactions()].flatMap((transaction) =>
        transaction.locks
          .filter((lock) => lock.mode !== "AccessShareLock")
          .map((lock) => ({
            table_id: lock.relationOid,
            last_commit: null,
            last_update: null,
            lock_owner: transaction.transactionId,
            lock_owner_pid: transaction.processId,
            lock_owner_start_ts: transaction.startedAtMs,
            lock_owner_end_ts: null,
            lock_status: lock.granted ? "Holding write lock" : "Waiting for lock",
          })),
      ),
    { visibility: "superuser" },
  ),
  systemTable(
    "svv_transactions",
    `txn_owner text, txn_db text, xid int8, pid int4, txn_start timestamp, lock_mode text,
     lockable_object_type text, relation int4, granted bool`,
    (view) => {
      const databases = new Map(view.leader.databases.map((database) => [database.oid, database.name]));
      return [...view.transactions()]
        .filter(({ userId }) => view.session.user.superuser || userId === view.session.user.id)
        .flatMap((transaction) => {
          const values = {
            txn_owner: transaction.userName,
            txn_db: databases.get(transaction.databaseOid) ?? null,
            xid: transaction.transactionId,
            pid: transaction.processId,
            txn_start: transaction.startedAtMs,
          };
          return [
            { ...values, lock_mode: "ExclusiveLock", lockable_object_type: "transactionid", granted: true },
            ...transaction.locks.map((lock) => ({
              ...values,
              lock_mode: lock.mode,
              lockable_object_type: "relation",
              relation: lock.relationOid,
              granted: lock.granted,
            })),
          ];
        });
    },
  ),
  systemTable("stv_db_isolation_level", "db_name bpchar(128), isolation_level bpchar(20)", (view) =>
    view.leader.databases.map((database) => ({
      db_name: database.name,
      isolation_level: database.isolation === "snapshot" ? "Snapshot Isolation" : "Serializable",
    })),
  ),
  // Empty once a cluster has started, and before that nobody can ask.
  systemTable("stv_startup_recovery_state", "db_id int4, table_id int4, table_name bpchar(137)", () => []),
]);

const recentStatements = 100;
const largestInteger = 2 ** 31 - 1;

/** Characters of a piece of a statement's text in the tables of texts. */
const pieceLength = 200;

/** A statement's text in pieces of 200 bytes, in which line ends stand as `\n`. */
export function textPieces(text: string): string[] {
  const escaped = text.replaceAll("\n", "\\n");
  const pieces: string[] = [];
  let piece = "";
  let bytes = 0;
  for (const character of escaped) {
    const size = Buffer.byteLength(character);
    if (bytes + size > pieceLength) {
      pieces.push(piece);
      piece = "";
      bytes = 0;
    }
    piece += character;
    bytes += size;
  }
  pieces.push(piece);
  return pieces;
}
