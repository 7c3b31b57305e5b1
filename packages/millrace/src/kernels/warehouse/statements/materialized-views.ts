import type {
  AlterMaterializedView,
  CreateMaterializedView,
  RefreshMaterializedView,
} from "../../../sql/redshift/ast/view.ts";
import type { BoundStatement } from "../../../sql/redshift/bind/name-space.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { RelationRecord } from "../catalog/records.ts";
import { initialGrants } from "../security/default-privileges.ts";
import { parseDefinition } from "../session/definitions.ts";
import { tagResult } from "../session/results.ts";
import { engineColumnSql } from "./column-definition.ts";
import { alreadyExists, demandCreation } from "./create-table.ts";
import { columnsOf, encoded, fill, insertRows } from "./create-table-as.ts";
import { dependencies } from "./create-view.ts";
import { withMeantNames } from "./meant-names.ts";
import { columnNamed, newRelation } from "./new-relation.ts";
import { engineName, lockedRelation, reserveName, targetSchema } from "./relations.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";
import {
  distributionOf,
  keyDistribution,
  plainDistribution,
  sortKeyOf,
  sortKeyOn,
} from "./table-attributes.ts";
import { viewDefinition } from "./view-definition.ts";

export const createMaterializedView: StatementKind<CreateMaterializedView> = Object.freeze({
  category: "ddl",
  run: async (ast, context) => {
    const { schema, name } = targetSchema(ast.name, false, context);
    demandCreation(schema, "view", context);
    const bound = await context.bind(ast.query, context.statement.text);
    await context.lock(bound);
    if ((await reserveName(schema, name, context)) !== undefined) throw alreadyExists(name);
    demandLocal(bound, context);
    const columns = columnsOf(bound, []);
    const sort = sortKeyOf(ast.attributes, columns, []);
    const record = newRelation({
      oid: await context.host.leader.allocateOid(),
      schemaOid: schema.oid,
      name,
      type: "materialized view",
      ownerId: context.user.id,
      columns: encoded(columns, sort?.columns ?? []),
      distribution: distributionOf(ast.attributes, columns, []),
      sort,
      backup: ast.attributes.backup ?? true,
      definition: await viewDefinition(ast.query, ast.queryText, context),
      searchPath: context.searchPath,
      dependsOn: dependencies(bound),
      materialized: materialized(bound, ast.autoRefresh ?? false, context),
      grants: initialGrants("tables", schema, context),
      createdAtMs: context.host.clock.now(),
    });
    await fill(record, bound, context);
    context.catalog.put(withMeantNames(record, context));
    context.transaction.noteRows(record.oid, 0);
    return tagResult("CREATE MATERIALIZED VIEW");
  },
} satisfies StatementKind<CreateMaterializedView>);

/** @throws SqlError 0A000 for what no transaction keeps together */
function demandLocal({ uses }: BoundStatement, { databaseRecord }: StatementContext): void {
  for (const { relation } of uses) {
    if (relation.kind === "temporary table" || relation.kind === "system table")
      throw new SqlError("0A000", `Cannot create a materialized view on ${relation.kind} "${relation.name}"`);
    if (relation.database !== databaseRecord.name)
      throw new SqlError("0A000", "Cannot create a materialized view on tables of another database");
  }
}

/** The state of the tables that the rows are made of. */
function materialized(
  { uses }: BoundStatement,
  autoRefresh: boolean,
  { transaction, host }: StatementContext,
): NonNullable<RelationRecord["materialized"]> {
  const counters = uses
    .filter(({ relation }) => relation.source.kind === "physical")
    .map(({ relation }) => [String(relation.oid), transaction.rowChanges(relation.oid).changes] as const);
  return { autoRefresh, refreshedAtMs: host.clock.now(), changeCounters: Object.fromEntries(counters) };
}

function demandMaterialized(record: RelationRecord): RelationRecord {
  if (record.type !== "materialized view")
    throw new SqlError("42809", `"${record.name}" is not a materialized view`);
  return record;
}

/** Its rows are made anew as a whole. */
export const refreshMaterializedView: StatementKind<RefreshMaterializedView> = Object.freeze({
  category: "ddl",
  run: async ({ name, behavior }, context) => {
    const record = demandMaterialized(await lockedRelation(name, "exclusive", context));
    if (behavior === "cascade")
      for (const oid of record.dependsOn) {
        const below = context.catalog.relationByOid(oid);
        if (below?.type === "materialized view") await refresh(below, context);
      }
    await refresh(record, context);
    return tagResult("REFRESH");
  },
} satisfies StatementKind<RefreshMaterializedView>);

async function refresh(record: RelationRecord, context: StatementContext): Promise<void> {
  context.demand({ kind: "own relation", relation: record });
  const { definition = "", name } = record;
  const startedAtMs = context.host.clock.now();
  const bound = await context.bindDefinition(parseDefinition(definition), record);
  await context.lock(bound);
  const state = materialized(bound, record.materialized?.autoRefresh ?? false, context);
  if (isCurrent(record, state)) {
    context.notice("INFO", `Materialized view ${name} is already up to date.`);
    noteRefresh(
      record,
      startedAtMs,
      "Refresh successfully skipped. Materialized view is already updated.",
      context,
    );
    return;
  }
  const columns = record.columns.map(engineColumnSql).join(", ");
  await context.connection.run(`CREATE OR REPLACE TABLE ${engineName(record, context)} (${columns})`);
  await insertRows(record, bound, context);
  context.catalog.put({ ...record, materialized: state });
  context.transaction.noteRows(record.oid, -context.transaction.rowChanges(record.oid).unsorted);
  context.notice("INFO", `Materialized view ${name} was recomputed successfully.`);
  noteRefresh(record, startedAtMs, "Refresh successfully recomputed MV from scratch", context);
}

/** What SVL_MV_REFRESH_STATUS shows, in its words. */
function noteRefresh(
  { oid, name, schemaOid }: RelationRecord,
  startedAtMs: number,
  status: string,
  { host, user, logged, transaction, processId, databaseRecord, catalog }: StatementContext,
): void {
  host.events.refreshes.add({
    atMs: host.clock.now(),
    userId: user.id,
    queryId: logged.queryId,
    transactionId: transaction.id,
    processId,
    sessionDatabase: databaseRecord.name,
    viewOid: oid,
    viewName: name,
    schemaName: catalog.schemaByOid(schemaOid)?.name ?? "",
    startedAtMs,
    automatic: host.events.automaticSessions.has(processId),
    status,
  });
}

function isCurrent(
  { materialized: known }: RelationRecord,
  { changeCounters }: NonNullable<RelationRecord["materialized"]>,
): boolean {
  const before = known?.changeCounters ?? {};
  const oids = Object.keys(changeCounters);
  return (
    oids.length === Object.keys(before).length && oids.every((oid) => before[oid] === changeCounters[oid])
  );
}

export const alterMaterializedView: StatementKind<AlterMaterializedView> = Object.freeze({
  category: "ddl",
  run: async ({ name, action }, context) => {
    if (action.kind === "row-level-security")
      throw new SqlError("0A000", "ROW LEVEL SECURITY is not supported");
    const record = demandMaterialized(await lockedRelation(name, "exclusive", context));
    context.demand({ kind: "own relation", relation: record });
    context.catalog.put(altered(record, action));
    return tagResult("ALTER MATERIALIZED VIEW");
  },
} satisfies StatementKind<AlterMaterializedView>);

function altered(
  record: RelationRecord,
  action: Exclude<AlterMaterializedView["action"], { kind: "row-level-security" }>,
): RelationRecord {
  if (action.kind === "auto-refresh") {
    const { materialized: known } = record;
    return known === undefined ? record : { ...record, materialized: { ...known, autoRefresh: action.on } };
  }
  if (action.kind === "distribution") {
    const { style, column } = action;
    if (style !== "key") return { ...record, distribution: plainDistribution(style) };
    return { ...record, distribution: keyDistribution(columnNamed(record.columns, column?.name ?? "")) };
  }
  const { columns } = action;
  if (columns === "none") return { ...record, sort: undefined };
  if (columns === "auto") return { ...record, sort: { style: "compound", auto: true, columns: [] } };
  const names = columns.map((column) => column.name);
  return { ...record, sort: sortKeyOn("compound", names, record.columns) };
}
