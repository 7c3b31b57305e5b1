import { SqlError } from "../../../sql/sql-error.ts";
import type { SessionRequest } from "../cluster-port.ts";
import type { EngineConnection } from "../engine/engine-connection.ts";
import type { DatabaseRecord, UserRecord } from "../leader-records.ts";
import { applySetting } from "../session/apply-setting.ts";
import { Cancellation } from "../session/cancellation.ts";
import { Cursors } from "../session/cursors.ts";
import { Planner } from "../session/planner.ts";
import { RelationCache } from "../session/relation-cache.ts";
import { Session } from "../session/session.ts";
import type { SessionHost } from "../session/session-host.ts";
import { type SessionParts, SessionUsers } from "../session/session-parts.ts";
import { settingDefinitions } from "../session/setting-table.ts";
import { checkedValue, definitionOf } from "../session/setting-values.ts";
import { Settings } from "../session/settings.ts";
import { TemporarySchema } from "../session/temporary-schema.ts";
import { TransactionBlock, type TransactionEnd } from "../session/transaction-block.ts";
import { SessionScans } from "../spectrum/session-scans.ts";
import type { Transaction } from "../transaction/transaction.ts";
import type { Database } from "./database.ts";

export interface SessionOpening {
  readonly host: SessionHost;
  readonly processId: number;
  /** Of the temporary schema. */
  readonly slot: number;
  readonly request: SessionRequest;
  readonly user: UserRecord;
  readonly extraGroupIds: readonly number[];
  readonly databaseRecord: DatabaseRecord;
  readonly database: Database;
  readonly connection: EngineConnection;
}

/** Puts a session together. @throws SqlError for settings of the start-up that SET would refuse */
export async function openSession(opening: SessionOpening): Promise<Session> {
  const { host, processId, request, user, databaseRecord, database, connection } = opening;
  const settings = new Settings(defaultsOf(opening));
  const temporary = new TemporarySchema(opening.slot, user.id);
  const cursors = new Cursors();
  const block = new TransactionBlock(
    {
      host,
      processId,
      database,
      connection,
      temporary,
      serializable: databaseRecord.isolation === "serializable",
    },
    settings,
    (transaction, end) => {
      cursors.forgetAll();
      noteTransaction(opening, transaction, end);
    },
  );
  const cancellation = new Cancellation(host.clock, (error) => {
    if (block.transaction !== undefined) host.locks.abandon(block.transaction, error);
    connection.interrupt();
  });
  const parts: SessionParts = {
    host,
    processId,
    connection,
    database,
    settings,
    block,
    planner: new Planner(),
    cursors,
    preparedStatements: new Map(),
    temporary,
    relations: new RelationCache(),
    cancellation,
    events: request.events,
    users: new SessionUsers(host, user, databaseRecord, opening.extraGroupIds),
    startedAtMs: host.clock.now(),
    lastNumbers: { queryId: -1, copyId: -1, copyRows: 0, unloadId: -1, unloadRows: 0 },
    scans: new SessionScans(host),
  };
  await applySetting(parts, "timezone", settings.show("timezone"));
  const logged = host.queryLog.connected({
    processId,
    userId: user.id,
    userName: user.name,
    database: databaseRecord.name,
    client: request.client,
    applicationName: request.applicationName,
    driverVersion: request.driverVersion,
    tls: request.tls,
    startedAtMs: parts.startedAtMs,
    endedAtMs: undefined,
    state: "idle",
  });
  return new Session(parts, logged);
}

/** Weakest first: the cluster's parameter group, ALTER USER SET, the start-up message. */
function defaultsOf({ host, user, request }: SessionOpening): ReadonlyMap<string, string> {
  const defaults = new Map<string, string>();
  // A parameter group has other parameters beside the session's: workload management, TLS.
  for (const [name, value] of Object.entries(host.clusterSettings().parameters))
    if (settingDefinitions.has(name)) defaults.set(name, usableValue(name, value));
  for (const [name, value] of Object.entries(user.settings)) defaults.set(name, value);
  for (const [key, value] of request.settings) {
    const name = key.toLowerCase();
    if (definitionOf(name).restriction !== undefined)
      throw new SqlError("55P02", `parameter "${name}" cannot be changed`);
    defaults.set(name, checkedValue(name, listOf(name, value)));
  }
  if (request.applicationName !== "") defaults.set("application_name", request.applicationName);
  if (user.sessionTimeoutSeconds !== undefined)
    defaults.set("idle_session_timeout", String(user.sessionTimeoutSeconds * 1_000));
  defaults.set("is_superuser", user.superuser ? "on" : "off");
  defaults.set("session_authorization", user.name);
  return defaults;
}

/** Parameter groups write lists with commas: `$user, public`; `default` is the definition's own. */
function usableValue(name: string, value: string): string {
  const definition = definitionOf(name);
  try {
    return value === "default" ? definition.default : checkedValue(name, listOf(name, value));
  } catch {
    return definition.default;
  }
}

function listOf(name: string, value: string): readonly string[] {
  if (definitionOf(name).value.kind !== "list") return [value];
  return value.split(",").map((item) => item.trim().replace(/^"(.*)"$/, "$1"));
}

function noteTransaction(
  { host, user, databaseRecord, processId }: SessionOpening,
  transaction: Transaction,
  end: TransactionEnd,
): void {
  if (transaction.writes.size === 0 && end === "committed") return;
  host.events.transactions.add({
    atMs: host.clock.now(),
    userId: user.id,
    queryId: 0,
    transactionId: transaction.id,
    processId,
    sessionDatabase: databaseRecord.name,
    startedAtMs: transaction.startedAtMs,
    status: end,
    isolation: databaseRecord.isolation === "serializable" ? "Serializable" : "Snapshot Isolation",
    commitStartedAtMs: transaction.commitStartedAtMs,
    changedTableOids: [...transaction.writes],
  });
}
