import type { Identifier, QualifiedName } from "../ast/name.ts";
import type { AlterTable, AlterTableAction, ColumnPosition } from "../ast/table.ts";
import type { CatalogTable, ObjectPath } from "../catalog/catalog-object.ts";
import { elsewhere, invalid, proposal } from "./bind-error.ts";
import { canCreate } from "./create-check.ts";
import { finishTable } from "./finish-table.ts";
import { dotted, type ProgramSession } from "./program-session.ts";
import { type DraftColumn, type DraftExpression, draftOf, type TableDraft } from "./table-draft.ts";
import { optionRecord, schemaParts } from "./table-schema.ts";

/** ALTER TABLE: another definition under the same name. */
export function alterTable(node: AlterTable, text: string, session: ProgramSession): void {
  if (node.materialized) throw elsewhere("ALTER MATERIALIZED TABLE", node.span.start);
  const path = session.path(node.name);
  const table = session.catalogs.find(path);
  if (table === undefined) {
    if (node.ifExists) return;
    throw session.unknown(node.name);
  }
  if (table.kind === "view") {
    throw invalid(`'${dotted(node.name)}' is a view: say ALTER VIEW`, node.name.span.start, "42809");
  }
  if (node.action.kind === "rename") {
    renameTable(table, path, node.action.newName, session);
    return;
  }
  const draft = changed(draftOf(table), node.action, text, node.span.start);
  session.catalogs.put(path, finishTable(draft, path, table.isTemporary, session.checks(text)));
}

function renameTable(
  table: CatalogTable,
  path: ObjectPath,
  newName: QualifiedName,
  session: ProgramSession,
): void {
  const target = newName.parts.length > 1 ? session.path(newName) : renamedPath(path, newName);
  const creation = { name: newName, span: newName.span, temporary: table.isTemporary };
  canCreate({ ...creation, ifNotExists: false, orReplace: false }, target, "table", session);
  session.catalogs.remove(path, table.isTemporary);
  session.catalogs.put(target, { ...table, definition: { ...table.definition, path: target } });
}

function renamedPath([catalog, database]: ObjectPath, newName: QualifiedName): ObjectPath {
  return [catalog, database, newName.parts[0]?.name ?? ""];
}

function changed(draft: TableDraft, action: AlterTableAction, text: string, position: number): TableDraft {
  switch (action.kind) {
    case "set":
      return { ...draft, options: { ...draft.options, ...optionRecord(action.options) } };
    case "reset": {
      const kept = Object.entries(draft.options).filter(([key]) => !action.keys.includes(key));
      return { ...draft, options: Object.fromEntries(kept) };
    }
    case "add":
    case "modify":
      return withSchema(draft, action, text, position);
    case "drop columns":
      return withoutColumns(draft, action.columns);
    case "rename column":
      return withRenamed(draft, single(action.column), action.newName);
    case "drop watermark":
      return { ...draft, watermark: undefined };
    case "drop primary key":
      return { ...draft, primaryKey: undefined };
    case "drop constraint":
      if (draft.primaryKey?.name !== action.constraint.name) {
        throw invalid(
          `there is no constraint '${action.constraint.name}'`,
          action.constraint.span.start,
          "42704",
        );
      }
      return { ...draft, primaryKey: undefined };
    default:
      throw elsewhere(`ALTER TABLE ... ${action.kind.toUpperCase()}`, position);
  }
}

function single(name: QualifiedName): Identifier {
  const [part, more] = name.parts;
  if (part === undefined || more !== undefined) {
    throw elsewhere("ALTER TABLE of a field of a ROW", name.span.start);
  }
  return part;
}

function withSchema(
  draft: TableDraft,
  action: Extract<AlterTableAction, { readonly kind: "add" | "modify" }>,
  text: string,
  position: number,
): TableDraft {
  const parts = schemaParts(action.schema, text);
  const isAdd = action.kind === "add";
  if (isAdd && parts.watermark !== undefined && draft.watermark !== undefined) {
    throw invalid("the base table has a watermark already: say MODIFY", position);
  }
  if (isAdd && parts.primaryKey !== undefined && draft.primaryKey !== undefined) {
    throw invalid("the base table has a primary key already: say MODIFY", position);
  }
  const columns = [...draft.columns];
  for (const [index, column] of parts.columns.entries()) {
    place(columns, column, action.positions[index], isAdd);
  }
  return {
    ...draft,
    columns,
    watermark: parts.watermark ?? draft.watermark,
    primaryKey: parts.primaryKey ?? draft.primaryKey,
  };
}

function place(
  columns: DraftColumn[],
  column: DraftColumn,
  position: ColumnPosition | undefined,
  isAdd: boolean,
): void {
  const before = columns.findIndex((entry) => entry.name === column.name);
  if (isAdd && before >= 0) {
    throw invalid(`try to add a column '${column.name}' which already exists`, column.span?.start, "42701");
  }
  if (!isAdd && before < 0) {
    const names = columns.map((entry) => entry.name);
    throw invalid(
      `try to modify a column '${column.name}' which does not exist${proposal(column.name, names)}`,
      column.span?.start,
      "42703",
    );
  }
  if (position === undefined) {
    if (before >= 0) columns[before] = column;
    else columns.push(column);
    return;
  }
  if (before >= 0) columns.splice(before, 1);
  const after = position.kind === "first" ? -1 : indexOf(columns, single(position.column));
  columns.splice(after + 1, 0, column);
}

function indexOf(columns: readonly DraftColumn[], name: Identifier): number {
  const index = columns.findIndex((entry) => entry.name === name.name);
  if (index < 0) {
    const names = columns.map((entry) => entry.name);
    throw invalid(`column '${name.name}' not found${proposal(name.name, names)}`, name.span.start, "42703");
  }
  return index;
}

function withoutColumns(draft: TableDraft, names: readonly QualifiedName[]): TableDraft {
  const columns = [...draft.columns];
  for (const name of names.map(single)) {
    const index = indexOf(columns, name);
    const isKey = draft.primaryKey?.columns.includes(name.name) || draft.partitionKeys.includes(name.name);
    if (isKey === true || draft.watermark?.column === name.name) {
      throw invalid(
        `the column '${name.name}' is used by the primary key, the partitions or the watermark`,
        name.span.start,
        "2BP01",
      );
    }
    columns.splice(index, 1);
  }
  return { ...draft, columns };
}

function withRenamed(draft: TableDraft, from: Identifier, to: Identifier): TableDraft {
  const index = indexOf(draft.columns, from);
  if (draft.columns.some((column) => column.name === to.name)) {
    throw invalid(`a column '${to.name}' already exists`, to.span.start, "42701");
  }
  const name = (old: string): string => (old === from.name ? to.name : old);
  const inside = (expression: DraftExpression): DraftExpression =>
    expression.kind === "bound" ? { ...expression, names: expression.names.map(name) } : expression;
  const columns = draft.columns.map((column, place): DraftColumn => {
    const named = place === index ? { ...column, name: to.name } : column;
    return named.kind === "computed" ? { ...named, expression: inside(named.expression) } : named;
  });
  const { watermark, primaryKey } = draft;
  return {
    ...draft,
    columns,
    watermark:
      watermark === undefined
        ? undefined
        : { ...watermark, column: name(watermark.column), expression: inside(watermark.expression) },
    primaryKey:
      primaryKey === undefined ? undefined : { ...primaryKey, columns: primaryKey.columns.map(name) },
    partitionKeys: draft.partitionKeys.map(name),
  };
}
