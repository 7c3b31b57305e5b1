import { randomUUID } from "node:crypto";
import type { ExecuteStatementInput, ExecuteStatementOutput } from "@aws-sdk/client-redshift-data";
import type { Call } from "../../gateway/call.ts";
import type { Input } from "../../gateway/service.ts";
import { positionalSql } from "../../kernels/warehouse/named-parameters.ts";
import { runnerOf } from "./caller.ts";
import type { OpenSession } from "./data-session.ts";
import type { Parameter, Part, StatementDocument, Target } from "./document.ts";
import { invalid, notImplemented } from "./errors.ts";
import { limits } from "./limits.ts";
import type { RedshiftDataState } from "./state.ts";
import type { ClientToken } from "./statement-table.ts";
import { availableCluster, refuseForeign, targetOf } from "./target.ts";

/** What ExecuteStatement and BatchExecuteStatement have in common. */
type SubmitInput = Omit<Input<ExecuteStatementInput>, "Sql">;

interface Work {
  readonly sqls: readonly string[];
  readonly isBatch: boolean;
  readonly mode: "TRANSACTION" | "AUTO_COMMIT";
}

export async function submitStatement(
  state: RedshiftDataState,
  call: Call,
  input: SubmitInput,
  work: Work,
): Promise<ExecuteStatementOutput> {
  const document = await state.clientTokens.once(call, call.operation, { ...input, ...work }, (token) => {
    checkTexts(input, work);
    return make(state, call, input, work, token);
  });
  const active = state.runner.get(document.id);
  if (input.WaitTimeSeconds !== undefined) await active?.wait(input.WaitTimeSeconds, call.signal);
  return answerOf(active?.document ?? document);
}

/** @throws ServiceError ValidationException */
function checkTexts({ Parameters = [], WithEvent }: SubmitInput, { sqls }: Work): void {
  if (WithEvent === true) throw notImplemented("WithEvent (EventBridge)");
  const unused = new Set(Parameters.map(({ name }) => name));
  if (unused.size < Parameters.length)
    throw invalid("Parameters must not have two entries of the same name.");
  const known = new Set(unused);
  for (const sql of sqls) {
    if (Buffer.byteLength(sql) > limits.sqlBytes)
      throw invalid(`Cannot process query string larger than ${limits.sqlBytes / 1024} KB.`);
    if (sql.trim() === "") throw invalid("The SQL statement must not be empty.");
    for (const name of usedNames(sql, known)) unused.delete(name);
  }
  if (unused.size > 0)
    throw invalid(
      `Parameters list contains unused parameters. Unused parameters: [${[...unused].join(", ")}]`,
    );
}

/** A text that the lexer cannot read fails when it runs; until then it may use all. */
function usedNames(sql: string, known: ReadonlySet<string>): Iterable<string> {
  try {
    return positionalSql(sql, known).names;
  } catch {
    return known;
  }
}

async function make(
  state: RedshiftDataState,
  call: Call,
  input: SubmitInput,
  work: Work,
  token: ClientToken | undefined,
): Promise<StatementDocument> {
  const id = randomUUID();
  const { target, session } = await placeOf(state, call, input, id);
  const nowMs = state.clock.now();
  const document: StatementDocument = {
    ...{ id, account: call.account, region: call.region, ...runnerOf(call.principal), ...target },
    ...{ name: input.StatementName, isBatch: work.isBatch, mode: work.mode },
    format: input.ResultFormat ?? "JSON",
    parameters: (input.Parameters ?? []).map(({ name, value }): Parameter => ({ name, value })),
    sessionId: session?.document.id,
    ...{ createdAtMs: nowMs, updatedAtMs: nowMs, durationMs: -1, status: "SUBMITTED" },
    parts: work.sqls.map((sql): Part => newPart(sql, nowMs)),
  };
  try {
    await state.runner.submit(document, session, token);
  } catch (error) {
    if (session !== undefined) state.sessions.release(session);
    throw error;
  }
  return document;
}

function newPart(sql: string, nowMs: number): Part {
  return {
    ...{ sql, status: "SUBMITTED", updatedAtMs: nowMs },
    ...{ durationMs: -1, rows: -1, resultBytes: -1, queryId: -1 },
  };
}

/** Where it runs: in a session that is there, in one that is made for it, or in none that stays. */
async function placeOf(
  state: RedshiftDataState,
  call: Call,
  input: SubmitInput,
  statementId: string,
): Promise<{ readonly target: Target; readonly session: OpenSession | undefined }> {
  const runner = runnerOf(call.principal);
  if (input.SessionId !== undefined) {
    refuseForeign(input);
    const given = (["ClusterIdentifier", "Database", "DbUser"] as const).find(
      (name) => input[name] !== undefined,
    );
    if (given !== undefined) throw invalid(`${given} can't be specified together with SessionId.`);
    const session = state.sessions.available(call, runner.identity, input.SessionId);
    availableCluster(state.warehouse, call, session.document.cluster);
    state.runner.checkRoom(call, session.document.cluster);
    // In the same turn, so that no other call finds it free.
    state.sessions.use(session, statementId, input.SessionKeepAliveSeconds);
    return { target: targetIn(session.document), session };
  }
  const target = targetOf(state.warehouse, input, call);
  state.runner.checkRoom(call, target.cluster);
  const keepAlive = input.SessionKeepAliveSeconds ?? 0;
  if (keepAlive === 0) return { target, session: undefined };
  const session = await state.sessions.create(call, runner, target, keepAlive);
  state.sessions.use(session, statementId, keepAlive);
  return { target, session };
}

const targetIn = ({ cluster, database, dbUser, isIdentity }: Target): Target => ({
  ...{ cluster, database, dbUser, isIdentity },
});

function answerOf(document: StatementDocument): ExecuteStatementOutput {
  const { id, cluster, database, dbUser, sessionId, status, processId, createdAtMs, parts } = document;
  return {
    ...{
      Id: id,
      CreatedAt: new Date(createdAtMs),
      ClusterIdentifier: cluster,
      Database: database,
      DbUser: dbUser,
    },
    DbGroups: undefined,
    ...{ SecretArn: undefined, WorkgroupName: undefined, SessionId: sessionId, Status: status },
    RedshiftPid: processId,
    HasResultSet: status === "FINISHED" ? parts.some(({ columns }) => columns !== undefined) : undefined,
  };
}
