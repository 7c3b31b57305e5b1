import type { Vacuum } from "../../../sql/redshift/ast/admin.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { RelationRecord } from "../catalog/records.ts";
import { mayMaintain } from "../maintenance/may-maintain.ts";
import { extentOf, storedRows } from "../maintenance/table-extent.ts";
import { vacuumPlan } from "../maintenance/vacuum-plan.ts";
import { tagResult } from "../session/results.ts";
import { grownDistribution } from "../slices/auto-distribution.ts";
import type { TableExtent, VacuumEvent } from "../system/event-logs.ts";
import { checkOwnDatabase, engineName, lockDefinition, lockRelation, relationNamed } from "./relations.ts";
import { rewriteInOrder, rewriteSorted } from "./rewrite-table.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";

/** There is one at a time in a cluster. */
const vacuumLock = "vacuum";

/**
 * Each table is written anew in a transaction of its own, in the order of its sort key and without its deleted
 * rows. Whoever reads goes on with the rows of before; whoever writes waits.
 */
export const vacuum: StatementKind<Vacuum> = Object.freeze({
  category: "utility",
  place: () => "alone",
  run: async (ast, context) => {
    const oids = ast.table === undefined ? tablesOf(context) : [named(ast, context).oid];
    let scope = context;
    for (const [index, oid] of oids.entries()) {
      if (index > 0) scope = context.renewed();
      demandAlone(scope);
      await vacuumTable(ast, oid, scope);
    }
    return tagResult("VACUUM");
  },
} satisfies StatementKind<Vacuum>);

function named({ table, mode }: Vacuum, context: StatementContext): RelationRecord {
  if (table === undefined) throw new SqlError("42P01", "VACUUM names no table");
  checkOwnDatabase(undefined, context);
  const record = relationNamed(table, context);
  const name = table.parts.at(-1)?.name ?? "";
  if (record === undefined)
    throw new SqlError("42P01", `relation "${name}" does not exist`, { position: table.span.start });
  if (!hasRows(record)) throw new SqlError("42809", `"${name}" is not a table`);
  if (mode === "recluster" && record.sort?.style === "interleaved")
    throw new SqlError("0A000", "VACUUM RECLUSTER is not supported for tables with interleaved sort keys");
  return record;
}

function hasRows({ type }: RelationRecord): boolean {
  return type === "table" || type === "materialized view";
}

/** All tables of the database, and the session's temporary ones. */
function tablesOf({ catalog }: StatementContext): readonly number[] {
  const oids: number[] = [];
  for (const snapshot of [catalog.permanent, catalog.temporary])
    for (const record of snapshot.records())
      if (record.kind === "relation" && hasRows(record)) oids.push(record.oid);
  return oids;
}

/** @throws SqlError 55006 while another session runs a VACUUM */
function demandAlone({ host, transaction }: StatementContext): void {
  if (!host.locks.isFree(transaction, vacuumLock, "exclusive"))
    throw new SqlError("55006", "VACUUM is already running in another session");
  void transaction.lock(vacuumLock, "exclusive");
}

async function vacuumTable(ast: Vacuum, oid: number, context: StatementContext): Promise<void> {
  const { catalog, transaction, host, connection, block } = context;
  const startedAtMs = host.clock.now();
  const found = catalog.relationByOid(oid);
  if (found === undefined || !mayMaintain("vacuum", found, ast.table !== undefined, context)) {
    await block.commit();
    return;
  }
  await lockRelation(found, "write", context);
  await lockDefinition(oid, context);
  await context.open();
  // It may have gone, or changed, while its locks were waited for.
  const record = context.catalog.relationByOid(oid);
  if (record === undefined) {
    await block.commit();
    return;
  }
  const table = engineName(record, context);
  const isTemporary = catalog.isTemporary(record);
  const before = await storedRows(connection, table);
  const unsorted = isTemporary ? before.live : transaction.rowChanges(oid).unsorted;
  const plan = vacuumPlan(ast, record.sort, before, unsorted);
  const log = (outcome: VacuumEvent["outcome"], after: TableExtent): void => {
    const extent = extentOf(record, before, unsorted);
    host.events.vacuums.add({
      ...eventOf(ast, record, context),
      startedAtMs,
      outcome,
      before: extent,
      after,
    });
  };
  if (plan === "skip") {
    await block.commit();
    log("Skipped", extentOf(record, before, unsorted));
    return;
  }
  try {
    context.checkCancelled();
    if (plan === "sort") await rewriteSorted(record, context);
    else await rewriteInOrder(record, context);
    const statistics = { ...record.statistics, vacuumedAtMs: host.clock.now() };
    const distribution = grownDistribution(record, before.live) ?? record.distribution;
    context.catalog.put({ ...record, statistics, distribution });
    await block.commit();
  } catch (error) {
    log("Failed", extentOf(record, before, unsorted));
    throw error;
  }
  if (!isTemporary) await reclaim(context);
  log("Finished", extentOf(record, await storedRows(connection, table), plan === "sort" ? 0 : unsorted));
}

/** Gives the blocks of the rows of before back. While others read, their next checkpoint does it. */
async function reclaim({ connection, transaction }: StatementContext): Promise<void> {
  await connection.run(`CHECKPOINT "${transaction.database.engineName}"`).catch(() => undefined);
}

const vacuumTypes = Object.freeze({
  full: "Full",
  "sort only": "Sort",
  "delete only": "Delete",
  reindex: "Reindex",
  recluster: "Recluster",
});

function eventOf(
  { mode }: Vacuum,
  record: RelationRecord,
  { host, user, logged, transaction, processId, databaseRecord, catalog }: StatementContext,
): Omit<VacuumEvent, "startedAtMs" | "outcome" | "before" | "after"> {
  return {
    atMs: host.clock.now(),
    userId: user.id,
    queryId: logged.queryId,
    transactionId: transaction.id,
    processId,
    sessionDatabase: databaseRecord.name,
    tableOid: record.oid,
    tableName: record.name,
    schemaName: catalog.schemaByOid(record.schemaOid)?.name ?? "",
    vacuumType: vacuumTypes[mode],
    automatic: false,
  };
}
