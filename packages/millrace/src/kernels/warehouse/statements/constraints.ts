import type { Identifier } from "../../../sql/redshift/ast/name.ts";
import type { ColumnDefinition, References, TableConstraint } from "../../../sql/redshift/ast/table.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { ColumnRecord, ConstraintRecord, RelationRecord } from "../catalog/records.ts";
import { columnNamed } from "./new-relation.ts";
import { demandRelation } from "./relations.ts";
import type { StatementContext } from "./statement-context.ts";

/** A constraint of a table, wherever it was written. Redshift keeps them and enforces none but NOT NULL. */
export interface WrittenConstraint {
  readonly name: string | undefined;
  readonly type: ConstraintRecord["type"];
  readonly columns: readonly string[];
  readonly references: References | undefined;
}

const names = (identifiers: readonly Identifier[]): readonly string[] => identifiers.map(({ name }) => name);

export function ofColumn(column: ColumnDefinition): readonly WrittenConstraint[] {
  const own = { name: undefined, columns: [column.name.name], references: undefined } as const;
  const found: WrittenConstraint[] = [];
  if (column.primaryKey) found.push({ ...own, type: "primary key" });
  if (column.unique) found.push({ ...own, type: "unique" });
  if (column.references !== undefined)
    found.push({ ...own, type: "foreign key", references: column.references });
  return found;
}

export function ofTable({ name, type, columns, references }: TableConstraint): WrittenConstraint {
  return { name: name?.name, type, columns: names(columns), references };
}

interface ConstraintTable {
  readonly oid: number;
  readonly name: string;
  readonly columns: readonly ColumnRecord[];
  readonly constraints: readonly ConstraintRecord[];
}

/** @throws SqlError 42P16 a second primary key, 42710 a name that is taken, 42830 a foreign key to what is no key */
export function constraintRecord(
  written: WrittenConstraint,
  table: ConstraintTable,
  context: StatementContext,
): ConstraintRecord {
  const { type } = written;
  if (type === "primary key" && table.constraints.some((other) => other.type === type))
    throw new SqlError("42P16", `multiple primary keys for table "${table.name}" are not allowed`);
  const columns = written.columns.map((name) => {
    const found = table.columns.find((column) => column.name === name);
    if (found === undefined) throw new SqlError("42703", `column "${name}" named in key does not exist`);
    return found.attributeNumber;
  });
  if (new Set(columns).size < columns.length)
    throw new SqlError("42701", `column "${written.columns[0]}" appears twice in ${type} constraint`);
  const name = written.name ?? freeName(written, table);
  if (table.constraints.some((other) => other.name === name))
    throw new SqlError("42710", `constraint "${name}" for relation "${table.name}" already exists`);
  const references =
    written.references === undefined ? undefined : target(written.references, columns.length, table, context);
  return { name, type, columns, references };
}

/** As PostgreSQL names them: `t_pkey`, `t_a_key`, `t_a_fkey`. */
function freeName({ type, columns }: WrittenConstraint, table: ConstraintTable): string {
  const suffix = type === "unique" ? "key" : "fkey";
  const base = type === "primary key" ? `${table.name}_pkey` : `${table.name}_${columns[0]}_${suffix}`;
  let name = base;
  for (let number = 1; table.constraints.some((other) => other.name === name); number++)
    name = `${base}${number}`;
  return name;
}

function referenced({ table }: References, context: StatementContext): RelationRecord {
  const relation = demandRelation(table, context);
  context.demand({ kind: "reference", relation });
  return relation;
}

function target(
  references: References,
  count: number,
  table: ConstraintTable,
  context: StatementContext,
): NonNullable<ConstraintRecord["references"]> {
  const named = references.table.parts.at(-1)?.name;
  const own = references.table.parts.length === 1 && named === table.name;
  const found: ConstraintTable = own ? table : referenced(references, context);
  const keys = found.constraints.filter((other) => other.type !== "foreign key");
  const primary = keys.find((other) => other.type === "primary key");
  if (references.columns.length === 0 && primary === undefined)
    throw new SqlError("42704", `there is no primary key for referenced table "${found.name}"`);
  const columns =
    references.columns.length === 0
      ? (primary?.columns ?? [])
      : references.columns.map(({ name }) => columnNamed(found.columns, name).attributeNumber);
  if (columns.length !== count)
    throw new SqlError("42830", "number of referencing and referenced columns for foreign key disagree");
  const matches = keys.some(
    (key) => key.columns.length === columns.length && columns.every((column) => key.columns.includes(column)),
  );
  if (!matches)
    throw new SqlError(
      "42830",
      `there is no unique constraint matching given keys for referenced table "${found.name}"`,
    );
  return { relationOid: found.oid, columns };
}
