import { SqlError } from "../../../sql/sql-error.ts";
import type { FunctionRecord, RelationRecord } from "../catalog/records.ts";
import { lockRelation } from "./relations.ts";
import type { StatementContext } from "./statement-context.ts";

const typeTexts = {
  table: "table",
  view: "view",
  "late-binding view": "view",
  "materialized view": "materialized view",
} as const;

export function describe(record: RelationRecord): string {
  return `${typeTexts[record.type]} ${record.name}`;
}

/** Views that would fall with these objects, in the order in which they can be dropped: those that stand on others first. */
function dependentViews(oids: readonly number[], context: StatementContext): readonly RelationRecord[] {
  const found = new Map<number, RelationRecord>();
  const visit = (oid: number): void => {
    for (const record of context.catalog.dependents(oid)) {
      if (record.type === "table" || found.has(record.oid) || oids.includes(record.oid)) continue;
      visit(record.oid);
      found.set(record.oid, record);
    }
  };
  for (const oid of oids) visit(oid);
  return [...found.values()];
}

/** @throws SqlError 2BP01, as Redshift says it */
export function cannotDrop(what: string, dependents: readonly string[]): SqlError {
  return new SqlError("2BP01", `cannot drop ${what} because other objects depend on it`, {
    detail: dependents.map((dependent) => `${dependent} depends on ${what}`).join("\n"),
    hint: "Use DROP ... CASCADE to drop the dependent objects too.",
  });
}

/** Drops a relation and, with CASCADE, what stands on it. */
export async function dropRelation(
  record: RelationRecord,
  cascade: boolean,
  context: StatementContext,
  together: readonly number[] = [record.oid],
): Promise<void> {
  const views = dependentViews([record.oid], context).filter(({ oid }) => !together.includes(oid));
  if (views.length > 0 && !cascade) throw cannotDrop(describe(record), views.map(describe));
  for (const view of views) {
    await lockRelation(view, "exclusive", context);
    context.notice("NOTICE", `drop cascades to ${describe(view)}`);
    await removeRelation(view, context);
  }
  await dropForeignKeys(record, cascade, context, together);
  await removeRelation(record, context);
}

/** Foreign keys that point to a table go with it. */
async function dropForeignKeys(
  record: RelationRecord,
  cascade: boolean,
  context: StatementContext,
  together: readonly number[],
): Promise<void> {
  for (const table of context.catalog.dependents(record.oid)) {
    const kept = table.constraints.filter(({ references }) => references?.relationOid !== record.oid);
    if (kept.length === table.constraints.length || together.includes(table.oid)) continue;
    const gone = table.constraints.find(({ references }) => references?.relationOid === record.oid);
    const text = `constraint ${gone?.name} on table ${table.name}`;
    if (!cascade) throw cannotDrop(describe(record), [text]);
    context.notice("NOTICE", `drop cascades to ${text}`);
    context.catalog.put({ ...table, constraints: kept });
  }
}

/** From the catalog and the engine, whatever stands on it. */
async function removeRelation(record: RelationRecord, context: StatementContext): Promise<void> {
  if (record.type === "table" || record.type === "materialized view") {
    const { catalog, connection, transaction } = context;
    const database = catalog.isTemporary(record) ? "temp" : transaction.database.engineName;
    await connection.run(`DROP TABLE "${database}"."main"."t${record.oid}"`);
    for (const { attributeNumber, identity } of record.columns)
      if (identity !== undefined)
        await connection.run(
          `DROP SEQUENCE IF EXISTS "${database}"."main"."s${record.oid}_${attributeNumber}"`,
        );
  }
  context.catalog.remove(record);
}

/** Views that call a function. */
export function dependentsOfFunction(
  { oid }: FunctionRecord,
  context: StatementContext,
): readonly RelationRecord[] {
  return dependentViews([oid], context);
}
