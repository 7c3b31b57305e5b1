import { SqlError } from "../../../sql/sql-error.ts";
import type { RelationRecord } from "../catalog/records.ts";
import { grownDistribution } from "../slices/auto-distribution.ts";
import { engineName, lockDefinition } from "../statements/relations.ts";
import type { StatementContext } from "../statements/statement-context.ts";
import type { AnalyzeEvent } from "../system/event-logs.ts";

export interface AnalyzeOptions {
  readonly outcome: "Full" | "PredicateColumn";
  /** Also where little has changed since the last time. */
  readonly always: boolean;
  /** Where the engine has counted the rows as they came, they need not be counted again. */
  readonly countedByEngine: boolean;
}

/**
 * The engine counts the columns' distinct values anew, and the catalog keeps how many rows there were. Undefined
 * when too little has changed since the last time. @returns rows
 */
export async function analyzeTable(
  given: RelationRecord,
  options: AnalyzeOptions,
  context: StatementContext,
): Promise<number | undefined> {
  const { host, connection, settings, transaction } = context;
  const startedAtMs = host.clock.now();
  await lockDefinition(given.oid, context);
  const record = context.catalog.relationByOid(given.oid);
  if (record === undefined) return undefined;
  const table = engineName(record, context);
  const [[count] = []] = await connection.rows(`SELECT count(*) FROM ${table}`);
  const rows = Number(count);
  const changes = context.catalog.isTemporary(record) ? -1 : transaction.rowChanges(record.oid).changes;
  const modifiedRows = modified(record, rows, changes);
  const thresholdPercent = options.always ? 0 : settings.number("analyze_threshold_percent");
  const isSkipped = modifiedRows * 100 < thresholdPercent * rows || (modifiedRows === 0 && changes >= 0);
  const outcome = isSkipped && record.statistics.analyzedRows !== undefined ? "Skipped" : options.outcome;
  if (outcome !== "Skipped") {
    context.checkCancelled();
    if (!options.countedByEngine) await connection.run(`ANALYZE ${table}`);
    // Another transaction may have put a newer record into place, which must not be written over.
    if (!isNewest(record, context))
      throw new SqlError(
        "40001",
        `relation "${record.name}" changed while process ${context.processId} analyzed it`,
      );
    const statistics = {
      ...record.statistics,
      analyzedRows: rows,
      analyzedAtMs: host.clock.now(),
      analyzedChanges: changes,
    };
    const distribution = grownDistribution(record, rows) ?? record.distribution;
    context.catalog.put({ ...record, statistics, distribution });
  }
  note({ outcome, rows, modifiedRows, thresholdPercent, startedAtMs }, record, context);
  return outcome === "Skipped" ? undefined : rows;
}

/** False when another transaction has committed a change of the record since this one's snapshot. */
export function isNewest(record: RelationRecord, { catalog, transaction }: StatementContext): boolean {
  if (catalog.isTemporary(record) || catalog.changes.has(record.oid)) return true;
  return transaction.database.catalog.relationByOid(record.oid) === record;
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
