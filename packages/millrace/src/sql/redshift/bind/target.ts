import { SqlError } from "../../sql-error.ts";
import type { Identifier, QualifiedName } from "../ast/name.ts";
import { quoteName } from "../print/quote.ts";
import type { Block } from "./block.ts";
import type { Relation, RelationColumn, RelationUse } from "./name-space.ts";
import { Scope, type ScopeColumn, type ScopeEntry } from "./scope.ts";
import { TableUse } from "./table-use.ts";

/** The table that a change of data changes. */
export interface Target {
  readonly relation: Relation;
  /** As the engine knows it: `"dev"."main"."t100123"`. */
  readonly sql: string;
  readonly use: TableUse;
}

const verbs = Object.freeze({
  insert: "insert into",
  update: "update",
  delete: "delete from",
  select: "change",
});

/** @throws SqlError 42P01, 42809, 0A000 */
export function findTarget(name: QualifiedName, privilege: RelationUse["privilege"], block: Block): Target {
  const relation = block.place.space.relation(name);
  if (relation === undefined) {
    const text = name.parts.map((part) => part.name).join(".");
    throw new SqlError("42P01", `relation "${text}" does not exist`, { position: name.span.start });
  }
  const { source, kind } = relation;
  if (kind === "view" || kind === "materialized view") {
    throw new SqlError("42809", `cannot ${verbs[privilege]} a ${kind}`, { position: name.span.start });
  }
  if (kind === "system table") {
    throw new SqlError("42501", `permission denied: "${relation.name}" is a system catalog`, {
      position: name.span.start,
    });
  }
  if (kind === "external table" && privilege !== "insert") {
    throw new SqlError("0A000", "Operation not supported on external tables", { position: name.span.start });
  }
  if (source.kind !== "physical") {
    throw new SqlError("0A000", `cannot ${verbs[privilege]} ${kind} "${relation.name}"`, {
      position: name.span.start,
    });
  }
  return { relation, sql: source.sql, use: block.state.use(relation, privilege, block.place.asUser) };
}

/** @throws SqlError 42703, 42701 */
export function targetColumns(names: readonly Identifier[], { relation }: Target): readonly RelationColumn[] {
  const columns: RelationColumn[] = [];
  for (const name of names) {
    const column = relation.columns.find((one) => one.name === name.name);
    if (column === undefined) {
      throw new SqlError("42703", `column "${name.name}" of relation "${relation.name}" does not exist`, {
        position: name.span.start,
      });
    }
    if (columns.includes(column)) {
      throw new SqlError("42701", `column "${name.name}" specified more than once`, {
        position: name.span.start,
      });
    }
    columns.push(column);
  }
  return columns;
}

/** The target's rows as conditions and values see them; reading them needs the right to select. */
export function targetScope(
  target: Target,
  alias: Identifier | undefined,
  engineAlias: string,
  block: Block,
): Scope {
  const { relation } = target;
  const use = new TableUse(relation, "select", block.place.asUser);
  block.state.noteIfRead(use);
  const columns: ScopeColumn[] = [];
  const entry: ScopeEntry = {
    alias: alias?.name ?? relation.name,
    schema: alias === undefined ? relation.schema : undefined,
    database: alias === undefined ? relation.database : undefined,
    engineAlias,
    columns,
    use,
    start: 0,
  };
  for (const column of relation.columns) {
    columns.push({
      name: column.name,
      type: column.type,
      sql: `${engineAlias}.${quoteName(column.engineName)}`,
      blankFree: column.blankFree === true || column.type.name === "character" || column.type.name === "name",
      entry,
      origin: { use, column },
    });
  }
  return new Scope([entry], columns);
}
