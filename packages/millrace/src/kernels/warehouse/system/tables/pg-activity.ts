import { type SystemTable, systemTable } from "../system-table.ts";

export const pgStatActivity: SystemTable = systemTable(
  "pg_stat_activity",
  "datid oid, datname name, procpid int4, usesysid int4, usename name, current_query text, query_start timestamptz",
  (view) => {
    const databases = new Map(view.leader.databases.map((database) => [database.name, database.oid]));
    const running = new Map([...view.statements()].map((entry) => [entry.processId, entry]));
    return [...view.sessions()]
      .filter((session) => session.endedAtMs === undefined)
      .map((session) => {
        const statement = running.get(session.processId);
        const isRunning = statement !== undefined && statement.endedAtMs === undefined;
        // As AWS: others see that somebody is there, not what they ask.
        const visible = view.session.user.superuser || session.userId === view.session.user.id;
        return {
          datid: databases.get(session.database) ?? null,
          datname: session.database,
          procpid: session.processId,
          usesysid: session.userId,
          usename: session.userName,
          current_query: !visible ? "<insufficient privilege>" : isRunning ? statement.text : "<IDLE>",
          query_start: isRunning ? statement.startedAtMs : null,
        };
      });
  },
  { kind: "v" },
);

export const pgLocks: SystemTable = systemTable(
  "pg_locks",
  "relation oid, database oid, transaction xid, pid int4, mode text, granted bool",
  (view) =>
    [...view.transactions()].flatMap((transaction) =>
      transaction.locks.map((lock) => ({
        relation: lock.relationOid,
        database: transaction.databaseOid,
        transaction: transaction.transactionId,
        pid: transaction.processId,
        mode: lock.mode,
        granted: lock.granted,
      })),
    ),
  { kind: "v" },
);
