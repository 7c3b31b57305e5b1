import type { AlterTable, AlterTableAction } from "../../../sql/redshift/ast/alter-table.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { RelationRecord } from "../catalog/records.ts";
import { grantsOfNewOwner } from "../security/grant-list.ts";
import { tagResult } from "../session/results.ts";
import { externalSchemaNamed } from "../spectrum/external-target.ts";
import { addColumn, alterColumnType, dropColumn, renameColumn } from "./alter-columns.ts";
import { alterExternalTable } from "./alter-external-table.ts";
import { constraintRecord, ofTable } from "./constraints.ts";
import { alreadyExists } from "./create-table.ts";
import { cannotDrop } from "./dependencies.ts";
import { columnNamed } from "./new-relation.ts";
import { lockedRelation, reserveName } from "./relations.ts";
import { renameRelation } from "./renamed-in-views.ts";
import { rewriteSorted } from "./rewrite-table.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";
import { keyDistribution, plainDistribution, sortKeyOn } from "./table-attributes.ts";
import { userNamed } from "./users-found.ts";

const aloneActions: readonly AlterTableAction["kind"][] = ["alter-column-type", "alter-column-encode"];

export const alterTable: StatementKind<AlterTable> = Object.freeze({
  category: "ddl",
  place: ({ actions }) => (actions.some(({ kind }) => aloneActions.includes(kind)) ? "alone" : "transaction"),
  run: async (ast, context) => {
    const { table, actions } = ast;
    const schema = externalSchemaNamed(table, context);
    if (schema !== undefined) return alterExternalTable(schema, ast, context);
    let record = await lockedRelation(table, "exclusive", context);
    context.demand({ kind: "own relation", relation: record, privilege: "alter" });
    for (const action of actions) {
      record = await altered(demandFitting(record, action), action, context);
      context.catalog.put(record);
    }
    return tagResult("ALTER TABLE");
  },
} satisfies StatementKind<AlterTable>);

/** Views take a new name and owner. @throws SqlError 42809 */
function demandFitting(record: RelationRecord, { kind }: AlterTableAction): RelationRecord {
  if (record.type === "table" || kind === "rename" || kind === "owner") return record;
  throw new SqlError("42809", `"${record.name}" is not a table`);
}

async function altered(
  record: RelationRecord,
  action: AlterTableAction,
  context: StatementContext,
): Promise<RelationRecord> {
  switch (action.kind) {
    case "add-column":
      return addColumn(record, action.column, context);
    case "drop-column":
      return dropColumn(record, action.column.name, action.behavior === "cascade", context);
    case "rename-column":
      return renameColumn(record, action.column.name, action.newName.name);
    case "alter-column-type":
      return alterColumnType(record, action.column.name, action.type, context);
    case "alter-column-encode": {
      const found = columnNamed(record.columns, action.column.name);
      const { encode: encoding } = action;
      const columns = record.columns.map((column) => (column === found ? { ...column, encoding } : column));
      return { ...record, columns };
    }
    case "rename":
      return renamed(record, action.newName.name, context);
    case "owner": {
      const owner = userNamed(action.owner.name, context);
      context.demand({ kind: "give away", newOwner: owner });
      const grants = grantsOfNewOwner(record.grants, record.ownerId, owner.id);
      return { ...record, ownerId: owner.id, grants };
    }
    case "distribution":
    case "sort-key":
    case "encode-auto":
      return laidOut(record, action, context);
    case "add-constraint":
    case "drop-constraint":
      return constrained(record, action, context);
    default:
      throw new SqlError(
        "0A000",
        `ALTER TABLE ... ${action.kind.replaceAll("-", " ").toUpperCase()} is not supported`,
      );
  }
}

async function renamed(
  record: RelationRecord,
  name: string,
  context: StatementContext,
): Promise<RelationRecord> {
  const schema = context.catalog.schemaByOid(record.schemaOid);
  if (schema === undefined) throw new SqlError("3F000", "the table's schema does not exist");
  if (!context.catalog.isTemporary(record))
    context.demand({ kind: "create in schema", schema, object: "table" });
  if ((await reserveName(schema, name, context)) !== undefined) throw alreadyExists(name);
  return renameRelation(record, name, context);
}

type LayoutAction = Extract<AlterTableAction, { kind: "distribution" | "sort-key" | "encode-auto" }>;

async function laidOut(
  record: RelationRecord,
  action: LayoutAction,
  context: StatementContext,
): Promise<RelationRecord> {
  if (action.kind === "encode-auto") return record;
  if (action.kind === "distribution") {
    const { style, column } = action;
    if (style !== "key" && column === undefined) return { ...record, distribution: plainDistribution(style) };
    return { ...record, distribution: keyDistribution(columnNamed(record.columns, column?.name ?? "")) };
  }
  const { sortKey } = action;
  if (sortKey.kind === "none") return { ...record, sort: undefined };
  if (sortKey.kind === "auto") return { ...record, sort: { style: "compound", auto: true, columns: [] } };
  if (sortKey.style === "interleaved")
    throw new SqlError("0A000", "ALTER TABLE cannot make a sort key interleaved");
  const names = sortKey.columns.map(({ name }) => name);
  const sorted = { ...record, sort: sortKeyOn("compound", names, record.columns) };
  await rewriteSorted(sorted, context);
  return sorted;
}

type ConstraintAction = Extract<AlterTableAction, { kind: "add-constraint" | "drop-constraint" }>;

async function constrained(
  record: RelationRecord,
  action: ConstraintAction,
  context: StatementContext,
): Promise<RelationRecord> {
  if (action.kind === "add-constraint") {
    const made = constraintRecord(ofTable(action.constraint), record, context);
    if (made.type === "primary key")
      for (const column of record.columns)
        if (made.columns.includes(column.attributeNumber) && column.nullable)
          throw new SqlError("42P16", `column "${column.name}" of a primary key must be NOT NULL`);
    return { ...record, constraints: [...record.constraints, made] };
  }
  const { name } = action.name;
  const found = record.constraints.find((other) => other.name === name);
  if (found === undefined) throw new SqlError("42704", `constraint "${name}" does not exist`);
  dropReferences(record, found.columns, action.behavior === "cascade", name, context);
  return { ...record, constraints: record.constraints.filter((other) => other !== found) };
}

/** Foreign keys of other tables that point to a key. */
function dropReferences(
  record: RelationRecord,
  columns: readonly number[],
  cascade: boolean,
  name: string,
  context: StatementContext,
): void {
  for (const table of context.catalog.dependents(record.oid)) {
    const kept = table.constraints.filter(
      ({ references }) =>
        references?.relationOid !== record.oid || references.columns.join(",") !== columns.join(","),
    );
    if (kept.length === table.constraints.length) continue;
    if (!cascade)
      throw cannotDrop(`constraint ${name} on table ${record.name}`, [`constraint on table ${table.name}`]);
    context.catalog.put({ ...table, constraints: kept });
  }
}
