import type { DuckDBPreparedStatement } from "@duckdb/node-api";
import type { BoundStatement } from "../../../sql/redshift/bind/name-space.ts";
import type { SqlType } from "../../../sql/redshift/types.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { RelationRecord } from "../catalog/records.ts";
import { insertExternal } from "../spectrum/insert-external.ts";
import type { StatementResult } from "../sql-session.ts";
import { cancelledError } from "./errors.ts";
import { heldRowsSql, heldTableSql } from "./held-rows.ts";
import { lockUses } from "./lock-uses.ts";
import { bindParameters, withAllParameters } from "./parameters.ts";
import type { Plan } from "./planner.ts";
import { streamResult, tagResult } from "./results.ts";
import type { SessionParts } from "./session-parts.ts";
import { sortedInsert } from "./sorted-insert.ts";
import type { StatementScope } from "./statement-scope.ts";

/** Times that a statement is bound again because the catalog changed while it waited for its locks. */
const maxRebinds = 10;

export interface DataRun {
  readonly scope: StatementScope;
  readonly parameterTypes: readonly (SqlType | undefined)[];
  readonly parameters: readonly (string | null)[];
  /** The plan of before, or a new one when the catalog has changed. @param wide computes decimals in 128 bits */
  plan(wide: boolean): Promise<Plan>;
  /** The engine's error in the user's words, once the transaction has failed. */
  failed(error: unknown): Promise<unknown>;
  ended(rows: number): void;
}

/**
 * Runs a query or a change of data: rights, locks, the engine. Decimals are computed in 64 bits where the engine
 * would do so, and once more in 128 after an overflow. After that the engine's transaction is lost, so where it
 * holds earlier statements they are computed in 128 bits from the start.
 */
export async function runData(parts: SessionParts, run: DataRun): Promise<StatementResult> {
  const { transaction } = run.scope;
  const isFirst = !transaction.isOpenInEngine;
  try {
    return await attempt(parts, run, !isFirst);
  } catch (error) {
    if (!isFirst || !isDecimalOverflow(error)) throw error;
    await transaction.undo();
    return attempt(parts, run, true);
  }
}

function isDecimalOverflow(error: unknown): boolean {
  return error instanceof Error && /Overflow in \w+ of (?:DECIMAL|INT128|HUGEINT)/.test(error.message);
}

async function attempt(parts: SessionParts, run: DataRun, wide: boolean): Promise<StatementResult> {
  const plan = await lockedPlan(run, wide);
  const { scope } = run;
  const { bound } = plan;
  scope.logged.relationOids = bound.uses.map(({ relation }) => relation.oid);
  const isRead = bound.kind === "query";
  const held = scope.options.held === true;
  if (isRead && !held && parts.block.state === "idle" && !scope.transaction.isOpenInEngine)
    await scope.transaction.readAlone();
  else await scope.transaction.open();
  scope.checkCancelled();
  if (bound.target?.kind === "external table") return insertOutside(plan, parts, run);
  const target = bound.target === undefined ? undefined : scope.catalog.relationByOid(bound.target.oid);
  const prepared = await plan.prepared(parts.connection, async () => {
    const sql = withAllParameters(await scope.engineSql(bound), bound);
    return (target === undefined ? undefined : sortedInsert(sql, bound, target)) ?? sql;
  });
  bindParameters(prepared, run.parameters);
  scope.checkCancelled();
  if (!isRead) return changeData(plan, prepared, target, run);
  if (held) return heldRows(parts, plan, run);
  return streamed(parts, plan, prepared, run);
}

async function streamed(
  parts: SessionParts,
  plan: Plan,
  prepared: DuckDBPreparedStatement,
  run: DataRun,
): Promise<StatementResult> {
  const { transaction } = run.scope;
  const result = await prepared.stream();
  return streamResult(plan.columns ?? [], result, "SELECT", async (rows, outcome) => {
    if (typeof outcome === "object") return run.failed(outcome.error);
    if (outcome === "complete" && !(await transaction.readAll()))
      return run.failed(await lostRows(parts, plan, run));
    if (outcome === "abandoned" && !transaction.isOpenInEngine) await transaction.undo();
    run.ended(rows);
    return undefined;
  });
}

/** Why a query ended before its last row: it is run again for its error, without keeping rows. */
async function lostRows(
  parts: SessionParts,
  { bound }: Plan,
  { scope, parameters }: DataRun,
): Promise<unknown> {
  await scope.transaction.undo();
  const { cancellation, connection } = parts;
  if (cancellation.error !== undefined) return cancellation.error;
  const unknown = new SqlError("XX000", "the query failed while its rows were read");
  try {
    const sql = withAllParameters(await scope.engineSql(bound), bound);
    const again = await connection.prepare(`SELECT max(hash(q)) FROM (${sql}) AS q`);
    bindParameters(again, parameters);
    await again.run();
  } catch (error) {
    // What the transaction itself had made is gone.
    return /^(?:Catalog|Binder) Error/.test(String(error instanceof Error ? error.message : error))
      ? unknown
      : error;
  }
  return unknown;
}

/** The plan whose tables are locked. While it waited others may have changed them. */
async function lockedPlan(run: DataRun, wide: boolean): Promise<Plan> {
  for (let attempts = 0; attempts < maxRebinds; attempts++) {
    const plan = await run.plan(wide);
    run.scope.checkRights(plan.bound);
    const waited = lockUses(run.scope.transaction, plan.bound);
    if (waited === undefined) return plan;
    await waited;
    run.scope.checkCancelled();
    if ((await run.plan(wide)).bound === plan.bound) return plan;
  }
  throw new SqlError("40001", "the tables of the statement changed while it waited for them");
}

const tags = { insert: "INSERT 0 ", update: "UPDATE ", delete: "DELETE ", merge: "MERGE " } as const;

async function changeData(
  { bound }: Plan,
  prepared: DuckDBPreparedStatement,
  record: RelationRecord | undefined,
  run: DataRun,
): Promise<StatementResult> {
  const { scope } = run;
  const { transaction } = scope;
  const kept = record === undefined || scope.catalog.isTemporary(record) ? undefined : record;
  const isFirst = kept !== undefined && (await isFirstLoad(kept, bound, scope));
  const { rowsChanged: rows } = await prepared.run();
  if (record !== undefined) transaction.touched.add(record.oid);
  if (kept !== undefined && rows > 0) {
    const isUnsorted = kept.sort !== undefined && bound.kind !== "delete" && !isFirst;
    transaction.noteRows(kept.oid, isUnsorted ? rows : 0);
  }
  run.ended(rows);
  return tagResult(bound.kind === "query" ? "SELECT" : `${tags[bound.kind]}${rows}`, rows);
}

/** INSERT into an external table. */
async function insertOutside(plan: Plan, parts: SessionParts, run: DataRun): Promise<StatementResult> {
  const { scope } = run;
  const { bound } = plan;
  const rows = await insertExternal(bound, scope, async () => {
    const sql = withAllParameters(await scope.engineSql(bound), bound);
    const prepared = await parts.connection.prepare(sql);
    bindParameters(prepared, run.parameters);
    await prepared.run();
  });
  run.ended(rows);
  return tagResult(`${tags.insert}${rows}`, rows);
}

/** Whether the rows come sorted into an empty table: then all of it is sorted. */
async function isFirstLoad(
  record: RelationRecord,
  { target }: BoundStatement,
  { statement: { ast }, connection }: StatementScope,
): Promise<boolean> {
  if (record.sort === undefined || ast.kind !== "insert" || ast.source?.body.kind === "values") return false;
  if (target?.source.kind !== "physical") return false;
  return (await connection.rows(`SELECT 1 FROM ${target.source.sql} LIMIT 1`)).length === 0;
}

/**
 * Rows that other statements may run between: the engine's answer would end with the next statement, so they go
 * to a temporary table first, which needs no more memory than the engine is given.
 */
async function heldRows(parts: SessionParts, plan: Plan, run: DataRun): Promise<StatementResult> {
  const { connection, cursors } = parts;
  const table = cursors.newTable();
  const columns = plan.columns ?? [];
  const sql = withAllParameters(await run.scope.engineSql(plan.bound), plan.bound);
  const create = await connection.prepare(heldTableSql(table, sql, columns.length));
  bindParameters(create, run.parameters);
  await create.run();
  const [[count] = []] = await connection.rows(`SELECT count(*) FROM ${table}`);
  const total = Number(count);
  run.ended(total);
  let given = 0;
  async function* batches(): AsyncGenerator<Awaited<ReturnType<typeof page>>> {
    try {
      while (given < total) {
        const batch = await page(given);
        given += batch.rowCount;
        yield batch;
        if (batch.rowCount === 0) throw parts.cancellation.error ?? cancelledError();
      }
    } finally {
      if (parts.block.transaction === run.scope.transaction)
        await connection.run(`DROP TABLE IF EXISTS ${table}`).catch(() => undefined);
    }
  }
  const page = async (from: number) => {
    const result = await connection.stream(heldRowsSql(table, columns.length, from, from + rowsPerPage));
    const chunk = await result.fetchChunk();
    if (chunk === null) throw new SqlError("34000", "portal does not exist any more");
    return { kind: "chunk", chunk, rowCount: chunk.rowCount } as const;
  };
  return { columns, batches: batches(), tag: () => "SELECT", rowCount: () => given };
}

/** What one chunk of the engine holds. */
const rowsPerPage = 2_048;
