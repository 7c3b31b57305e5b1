import type { Analyze } from "../../../sql/redshift/ast/admin.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { RelationRecord } from "../catalog/records.ts";
import { mayMaintain } from "../maintenance/may-maintain.ts";
import { tagResult } from "../session/results.ts";
import { grownDistribution } from "../slices/auto-distribution.ts";
import type { AnalyzeEvent } from "../system/event-logs.ts";
import { demandRelation, engineName, isView, lockDefinition } from "./relations.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";

/** The engine counts its columns' distinct values anew, and the catalog keeps how many rows there were. */
export const analyze: StatementKind<Analyze> = Object.freeze({
  category: "utility",
  run: async (ast, context) => {
    const records = ast.table === undefined ? tablesOf(context) : [named(ast, context)];
    await context.open();
    let analyzed = 0;
    for (const record of records)
      if (
        mayMaintain("analyze", record, ast.table !== undefined, context) &&
        (await analyzeTable(ast, record, context))
      )
        analyzed++;
    return tagResult(analyzed === 0 && ast.table !== undefined ? "ANALYZE SKIP" : "ANALYZE");
  },
} satisfies StatementKind<Analyze>);

function tablesOf({ catalog }: StatementContext): readonly RelationRecord[] {
  const found: RelationRecord[] = [];
  for (const snapshot of [catalog.permanent, catalog.temporary])
    for (const record of snapshot.records())
      if (record.kind === "relation" && !isView(record)) found.push(record);
  return found;
}

function named({ table, columns }: Analyze, context: StatementContext): RelationRecord {
  if (table === undefined) throw new SqlError("42P01", "ANALYZE names no table");
  const record = demandRelation(table, context);
  if (isView(record)) throw new SqlError("42809", `cannot analyze "${record.name}", which is a view`);
  for (const { name, span } of columns)
    if (!record.columns.some((column) => column.name === name))
      throw new SqlError("42703", `column "${name}" of relation "${record.name}" does not exist`, {
        position: span.start,
      });
  return record;
}

/** False when too little has changed since the last time. */
async function analyzeTable(
  ast: Analyze,
  given: RelationRecord,
  context: StatementContext,
): Promise<boolean> {
  const { host, connection, settings, transaction } = context;
  const startedAtMs = host.clock.now();
  await lockDefinition(given.oid, context);
  const record = context.catalog.relationByOid(given.oid);
  if (record === undefined) return false;
  const table = engineName(record, context);
  const [[count] = []] = await connection.rows(`SELECT count(*) FROM ${table}`);
  const rows = Number(count);
  const changes = context.catalog.isTemporary(record) ? -1 : transaction.rowChanges(record.oid).changes;
  const modifiedRows = modified(record, rows, changes);
  const thresholdPercent = settings.number("analyze_threshold_percent");
  const isSkipped = modifiedRows * 100 < thresholdPercent * rows || (modifiedRows === 0 && changes >= 0);
  const outcome = isSkipped && record.statistics.analyzedRows !== undefined ? "Skipped" : outcomeOf(ast);
  if (outcome !== "Skipped") {
    context.checkCancelled();
    await connection.run(`ANALYZE ${table}`);
    // Another transaction may have put a newer record into place, which must not be written over.
    demandNewest(record, context);
    const statistics = {
      ...record.statistics,
      analyzedRows: rows,
      analyzedAtMs: host.clock.now(),
      analyzedChanges: changes,
    };
    const distribution = grownDistribution(record, rows) ?? record.distribution;
    context.catalog.put({ ...record, statistics, distribution });
    if (ast.verbose) context.notice("INFO", `analyzed "${record.name}": ${rows} rows`);
  }
  note({ outcome, rows, modifiedRows, thresholdPercent, startedAtMs }, record, context);
  return outcome !== "Skipped";
}

/**
 * Rows that were changed since the last ANALYZE, as far as the row counts tell. Changes that left the number of
 * rows as it was may have changed all of them.
 */
function modified({ statistics }: RelationRecord, rows: number, changes: number): number {
  const { analyzedRows, analyzedChanges } = statistics;
  if (analyzedRows === undefined) return rows;
  if (changes >= 0 && analyzedChanges === changes) return 0;
  return analyzedRows === rows ? rows : Math.abs(rows - analyzedRows);
}

function outcomeOf({ scope }: Analyze): "Full" | "PredicateColumn" {
  return scope === "predicate columns" ? "PredicateColumn" : "Full";
}

/** @throws SqlError 40001 */
function demandNewest(record: RelationRecord, { catalog, transaction, processId }: StatementContext): void {
  if (catalog.isTemporary(record) || catalog.changes.has(record.oid)) return;
  if (transaction.database.catalog.relationByOid(record.oid) !== record)
    throw new SqlError("40001", `relation "${record.name}" changed while process ${processId} analyzed it`);
}

function note(
  result: Pick<AnalyzeEvent, "outcome" | "rows" | "modifiedRows" | "thresholdPercent" | "startedAtMs">,
  record: RelationRecord,
  { host, user, logged, transaction, processId, databaseRecord, catalog }: StatementContext,
): void {
  host.events.analyzes.add({
    ...result,
    atMs: host.clock.now(),
    userId: user.id,
    queryId: logged.queryId,
    transactionId: transaction.id,
    processId,
    sessionDatabase: databaseRecord.name,
    tableOid: record.oid,
    tableName: record.name,
    schemaName: catalog.schemaByOid(record.schemaOid)?.name ?? "",
    automatic: false,
    previousAtMs: record.statistics.analyzedAtMs,
  });
}
