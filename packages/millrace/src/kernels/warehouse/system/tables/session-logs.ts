import type { ConnectionEvent, UserEvent } from "../event-logs.ts";
import { type SystemRow, type SystemTable, systemTable } from "../system-table.ts";
import { connectionLimitText } from "./pg-leader.ts";

const ownRows = { visibility: "own rows" } as const;
const superuser = { visibility: "superuser" } as const;

/** `127.0.0.1:5000` and `[::1]:5000`: the address and the port. */
function clientParts(client: string): readonly [string, string] {
  const colon = client.lastIndexOf(":");
  if (colon < 0) return [client, ""];
  return [client.slice(0, colon).replace(/^\[|\]$/g, ""), client.slice(colon + 1)];
}

function durationMicros(event: ConnectionEvent): number {
  return Math.round((event.durationMs ?? 0) * 1000);
}

const connectionTables: readonly SystemTable[] = [
  systemTable(
    "stl_connection_log",
    `event bpchar(50), recordtime timestamp, remotehost bpchar(45), remoteport bpchar(32), pid int4,
     dbname bpchar(50), username bpchar(50), authmethod bpchar(32), duration int8, sslversion bpchar(50),
     sslcipher bpchar(128), mtu int4, sslcompression bpchar(64), sslexpansion bpchar(64), iamauthguid bpchar(36),
     application_name bpchar(250), os_version bpchar(64), driver_version bpchar(64), plugin_name bpchar(32),
     protocol_version int4, sessionid bpchar(36), compression bpchar(8)`,
    (view) =>
      [...view.logs.connections].map((event) => {
        const [host, port] = clientParts(event.client);
        return {
          event: event.event,
          recordtime: event.atMs,
          remotehost: host,
          remoteport: port,
          pid: event.processId,
          dbname: event.database,
          username: event.userName,
          authmethod: event.authMethod,
          duration: durationMicros(event),
          sslversion: event.tls ? "TLS" : "",
          application_name: event.applicationName,
          driver_version: event.driverVersion ?? "",
        };
      }),
    superuser,
  ),
  systemTable(
    "sys_connection_log",
    `event bpchar(50), record_time timestamp, remote_host bpchar(45), remote_port bpchar(32), session_id int4,
     database_name bpchar(50), user_name bpchar(50), auth_method bpchar(32), duration int8, ssl_version bpchar(50),
     ssl_cipher bpchar(128), mtu int4, ssl_compression bpchar(64), ssl_expansion bpchar(64),
     iam_auth_guid bpchar(36), application_name bpchar(250), driver_version bpchar(64), os_version bpchar(64),
     plugin_name bpchar(32), protocol_version int4, global_session_id bpchar(36)`,
    (view) =>
      [...view.logs.connections].map((event) => {
        const [host, port] = clientParts(event.client);
        return {
          event: event.event,
          record_time: event.atMs,
          remote_host: host,
          remote_port: port,
          session_id: event.processId,
          database_name: event.database,
          user_name: event.userName,
          auth_method: event.authMethod,
          duration: durationMicros(event),
          ssl_version: event.tls ? "TLS" : "",
          application_name: event.applicationName,
          driver_version: event.driverVersion ?? "",
        };
      }),
    superuser,
  ),
  systemTable(
    "stl_sessions",
    `userid int4, starttime timestamp, endtime timestamp, process int4, user_name bpchar(50), db_name bpchar(50),
     timeout_sec int4`,
    (view) =>
      [...view.sessions()]
        .filter((session) => session.endedAtMs !== undefined)
        .map((session) => ({
          userid: session.userId,
          starttime: session.startedAtMs,
          endtime: session.endedAtMs ?? null,
          process: session.processId,
          user_name: session.userName,
          db_name: session.database,
          timeout_sec: 0,
        })),
    ownRows,
  ),
  systemTable(
    "sys_session_history",
    `user_id int4, session_id int4, database_name bpchar(128), status bpchar(10), session_timeout int4,
     start_time timestamp, end_time timestamp`,
    (view) => {
      const timeouts = new Map(view.leader.users.map((user) => [user.id, user.sessionTimeoutSeconds ?? 0]));
      return [...view.sessions()].map((session) => ({
        user_id: session.userId,
        session_id: session.processId,
        database_name: session.database,
        status: session.endedAtMs === undefined ? "active" : "closed",
        session_timeout: timeouts.get(session.userId) ?? 0,
        start_time: session.startedAtMs,
        end_time: session.endedAtMs ?? null,
      }));
    },
    ownRows,
  ),
];

function flag(value: boolean): number {
  return value ? 1 : 0;
}

function userEventRow(event: UserEvent): SystemRow {
  return {
    userid: event.changedUserId,
    username: event.userName,
    oldusername: event.oldUserName,
    action: event.action,
    usecreatedb: flag(event.createDatabase),
    usesuper: flag(event.superuser),
    usecatupd: flag(event.updateCatalog),
    valuntil: event.validUntilMs ?? null,
    pid: event.processId,
    xid: event.transactionId,
    recordtime: event.atMs,
  };
}

const userTables: readonly SystemTable[] = [
  systemTable(
    "stl_userlog",
    `userid int4, username bpchar(50), oldusername bpchar(50), action bpchar(10), usecreatedb int4, usesuper int4,
     usecatupd int4, valuntil timestamp, pid int4, xid int8, recordtime timestamp`,
    (view) => [...view.logs.users].map(userEventRow),
    superuser,
  ),
  systemTable(
    "sys_userlog",
    `user_id int4, user_name bpchar(50), original_user_name bpchar(50), action bpchar(10), has_create_db_privs int4,
     is_superuser int4, has_update_catalog_privs int4, password_expiration timestamp, session_id int4,
     transaction_id int8, record_time timestamp`,
    (view) =>
      [...view.logs.users].map((event) => ({
        user_id: event.changedUserId,
        user_name: event.userName,
        original_user_name: event.oldUserName,
        action: event.action,
        has_create_db_privs: flag(event.createDatabase),
        is_superuser: flag(event.superuser),
        has_update_catalog_privs: flag(event.updateCatalog),
        password_expiration: event.validUntilMs ?? null,
        session_id: event.processId,
        transaction_id: event.transactionId,
        record_time: event.atMs,
      })),
    superuser,
  ),
  systemTable(
    "svv_user_info",
    `user_name text, user_id int4, createdb bool, superuser bool, catalog_update bool, connection_limit text,
     syslog_access text, last_ddl_timestamp timestamp, session_timeout int4, external_user_id text`,
    (view) =>
      view.leader.users
        .filter((user) => view.session.user.superuser || user.id === view.session.user.id)
        .map((user) => ({
          user_name: user.name,
          user_id: user.id,
          createdb: user.createDatabase,
          superuser: user.superuser,
          catalog_update: user.id === 1,
          connection_limit: connectionLimitText(user.connectionLimit),
          syslog_access: user.syslogAccess.toUpperCase(),
          last_ddl_timestamp: null,
          session_timeout: user.sessionTimeoutSeconds ?? 0,
          external_user_id: user.externalId ?? null,
        })),
  ),
  systemTable(
    "svl_user_info",
    `usename name, usesysid int4, usecreatedb bool, usesuper bool, usecatupd bool, useconnlimit text,
     syslogaccess text, last_ddl_ts timestamp, sessiontimeout int4, external_user_id text`,
    (view) =>
      view.leader.users
        .filter((user) => view.session.user.superuser || user.id === view.session.user.id)
        .map((user) => ({
          usename: user.name,
          usesysid: user.id,
          usecreatedb: user.createDatabase,
          usesuper: user.superuser,
          usecatupd: user.id === 1,
          useconnlimit: connectionLimitText(user.connectionLimit),
          syslogaccess: user.syslogAccess.toUpperCase(),
          last_ddl_ts: null,
          sessiontimeout: user.sessionTimeoutSeconds ?? 0,
          external_user_id: user.externalId ?? null,
        })),
  ),
];

const transactionTables: readonly SystemTable[] = [
  systemTable(
    "sys_transaction_history",
    `user_id int4, transaction_id int8, isolation_level text, status text, transaction_start_time timestamp,
     commit_start_time timestamp, commit_end_time timestamp, blocks_committed int8, undo_transaction_id int8`,
    (view) =>
      [...view.logs.transactions].map((event) => ({
        user_id: event.userId,
        transaction_id: event.transactionId,
        isolation_level: event.isolation,
        status: event.status === "committed" ? "committed" : "rolledback",
        transaction_start_time: event.startedAtMs,
        commit_start_time: event.commitStartedAtMs ?? null,
        commit_end_time: event.status === "committed" ? event.atMs : null,
        undo_transaction_id: event.status === "committed" ? -1 : event.transactionId,
      })),
    superuser,
  ),
  systemTable(
    "stl_undone",
    `userid int4, xact_id int8, xact_id_undone int8, undo_start_ts timestamp, undo_end_ts timestamp, table_id int8`,
    (view) =>
      [...view.logs.transactions]
        .filter((event) => event.status === "rolled back")
        .flatMap((event) =>
          event.changedTableOids.map((oid) => ({
            userid: event.userId,
            xact_id: event.transactionId,
            xact_id_undone: event.transactionId,
            undo_start_ts: event.atMs,
            undo_end_ts: event.atMs,
            table_id: oid,
          })),
        ),
    ownRows,
  ),
  systemTable(
    "stl_tr_conflict",
    "xact_id int8, process_id int8, xact_start_ts timestamp, abort_time timestamp, table_id int8",
    (view) =>
      [...view.logs.conflicts].map((event) => ({
        xact_id: event.transactionId,
        process_id: event.processId,
        xact_start_ts: event.startedAtMs,
        abort_time: event.atMs,
        table_id: event.tableOid,
      })),
    superuser,
  ),
];

export const sessionLogTables: readonly SystemTable[] = Object.freeze([
  ...connectionTables,
  ...userTables,
  ...transactionTables,
]);
