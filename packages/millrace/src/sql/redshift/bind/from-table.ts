import { SqlError } from "../../sql-error.ts";
import type { Identifier } from "../ast/name.ts";
import type { FunctionItem, QueryItem, TableItem } from "../ast/query.ts";
import { quoteName } from "../print/quote.ts";
import {
  type Block,
  type CommonTableBinding,
  type FromPart,
  notSupported,
  type QueryColumn,
} from "./block.ts";
import { settled } from "./coerce.ts";
import type { Relation, RelationColumn } from "./name-space.ts";
import { Scope, type ScopeColumn, type ScopeEntry } from "./scope.ts";
import type { TableUse } from "./table-use.ts";

interface Naming {
  readonly alias: Identifier | undefined;
  readonly columns: readonly Identifier[];
  readonly span: { readonly start: number; readonly end: number };
}

/** A common table, a table, a view, a system or an external table. @throws SqlError 42P01 */
export function bindTable(item: TableItem, block: Block): FromPart {
  const { name, span } = item;
  const common = name.parts.length === 1 ? block.commonTables.get(name.parts[0]?.name ?? "") : undefined;
  if (common !== undefined) return commonTable(common, item, block);
  const relation = block.place.space.relation(name);
  if (relation === undefined) {
    const text = name.parts.map((part) => part.name).join(".");
    throw new SqlError("42P01", `relation "${text}" does not exist`, { position: span.start });
  }
  const use = block.state.use(relation, "select", block.place.asUser);
  return relationPart(relation, use, item, block);
}

function relationPart(relation: Relation, use: TableUse, naming: Naming, block: Block): FromPart {
  const engineAlias = block.state.nextAlias();
  const { source } = relation;
  if (source.kind === "view") {
    const frame = { ...block.beside(), parent: undefined, commonTables: new Map() };
    const place = { space: source.space, asUser: source.space.user };
    const query = block.state.nested(() => block.binders.query(source.query, { ...frame, place }));
    const columns = viewColumns(relation, query.columns);
    const named = columns.map((column, index) => ({
      ...tableColumn(column, engineAlias, `c${index + 1}`, use),
      blankFree: query.columns[index]?.blankFree ?? false,
    }));
    return part(`(${query.sql}) AS ${engineAlias}`, named, relation.name, naming, engineAlias, relation, use);
  }
  const sql = source.kind === "physical" ? source.sql : block.state.scan(use).sql;
  const columns = relation.columns.map((column) => tableColumn(column, engineAlias, column.engineName, use));
  return part(`${sql} AS ${engineAlias}`, columns, relation.name, naming, engineAlias, relation, use);
}

/** A view's columns as they were named when it was made; a late-binding view has those that its query has now. */
function viewColumns(relation: Relation, found: readonly QueryColumn[]): readonly RelationColumn[] {
  return found.map((column, index) => {
    const known = relation.columns[index];
    return {
      name: known?.name ?? column.name,
      type: column.type,
      nullable: true,
      attributeNumber: index + 1,
      autoIncrement: false,
      engineName: `c${index + 1}`,
    };
  });
}

function tableColumn(column: RelationColumn, alias: string, engineName: string, use: TableUse): ScopeColumn {
  const blankFree =
    column.blankFree === true || column.type.name === "character" || column.type.name === "name";
  return {
    name: column.name,
    type: column.type,
    sql: `${alias}.${quoteName(engineName)}`,
    blankFree,
    entry: undefined,
    origin: { use, column },
  };
}

function commonTable(common: CommonTableBinding, item: TableItem, block: Block): FromPart {
  common.noteUse?.();
  const engineAlias = block.state.nextAlias();
  const columns = queryColumns(common.columns, engineAlias);
  return part(
    `${common.engineName} AS ${engineAlias}`,
    columns,
    common.name,
    item,
    engineAlias,
    undefined,
    undefined,
  );
}

function queryColumns(columns: readonly QueryColumn[], alias: string): readonly ScopeColumn[] {
  return columns.map((column, index) => ({
    name: column.name,
    type: column.type,
    sql: `${alias}.c${index + 1}`,
    blankFree: column.blankFree,
    entry: undefined,
    origin: undefined,
  }));
}

/** A query in FROM. Its columns show their tables' columns still, though privileges were noted inside. */
export function bindQueryItem(item: QueryItem, block: Block): FromPart {
  const frame = item.lateral ? block.inner() : block.beside();
  if (item.lateral) throw notSupported("LATERAL", item.span);
  const query = block.state.nested(() => block.binders.query(item.query, frame));
  if (query.correlated) block.correlated = true;
  const engineAlias = block.state.nextAlias();
  const columns = queryColumns(query.columns, engineAlias);
  return part(
    `(${query.sql}) AS ${engineAlias}`,
    columns,
    undefined,
    item,
    engineAlias,
    undefined,
    undefined,
  );
}

/** A function of the system in FROM. @throws SqlError 0A000, 42883 */
export function bindFunctionItem(item: FunctionItem, block: Block): FromPart {
  const { call, span } = item;
  const name = call.name.parts.at(-1)?.name ?? "";
  if (name === "generate_series") return generateSeries(item, block);
  const texts = call.arguments.map((argument) => {
    const value = settled(block.expression(argument), block);
    return value.constant ?? undefined;
  });
  const relation = block.place.space.tableFunction?.(name, texts);
  if (relation === undefined) throw notSupported(`function ${name} in FROM`, span);
  const use = block.state.use(relation, "select", block.place.asUser);
  return relationPart(relation, use, item, block);
}

/** On Redshift it runs on the leader node only; here it gives rows like a table of one bigint or integer column. */
function generateSeries(item: FunctionItem, block: Block): FromPart {
  const { call, span } = item;
  const args = call.arguments.map((argument) => block.expression(argument));
  const isWhole = args.every((arg) => ["smallint", "integer", "bigint"].includes(arg.type.name));
  if (!isWhole || args.length < 2 || args.length > 3)
    throw notSupported("generate_series of these arguments", span);
  const type = args.some((arg) => arg.type.name === "bigint") ? "bigint" : "integer";
  const engineAlias = block.state.nextAlias();
  const engineType = type === "bigint" ? "BIGINT" : "INTEGER";
  const series = `generate_series(${args.map((arg) => `CAST(${arg.sql} AS BIGINT)`).join(", ")})`;
  const sql = `(SELECT CAST(g AS ${engineType}) AS c1 FROM ${series} AS s(g)) AS ${engineAlias}`;
  const name = item.alias?.name ?? "generate_series";
  const column: ScopeColumn = {
    name,
    type: { name: type },
    sql: `${engineAlias}.c1`,
    blankFree: true,
    entry: undefined,
    origin: undefined,
  };
  return part(sql, [column], name, item, engineAlias, undefined, undefined);
}

/** Gives the columns their entry, and their names by the item's list of columns. */
export function part(
  sql: string,
  columns: readonly ScopeColumn[],
  ownName: string | undefined,
  naming: Naming,
  engineAlias: string,
  relation: Relation | undefined,
  use: TableUse | undefined,
): FromPart {
  const alias = naming.alias?.name ?? ownName;
  if (naming.columns.length > columns.length) {
    throw new SqlError(
      "42P10",
      `table "${alias}" has ${columns.length} columns available but ${naming.columns.length} columns specified`,
      { position: naming.span.start },
    );
  }
  const own: ScopeColumn[] = [];
  const entry: ScopeEntry = {
    alias,
    schema: naming.alias === undefined ? relation?.schema : undefined,
    database: naming.alias === undefined ? relation?.database : undefined,
    engineAlias,
    columns: own,
    use,
    start: naming.span.start,
  };
  for (const [index, column] of columns.entries()) {
    own.push({ ...column, name: naming.columns[index]?.name ?? column.name, entry });
  }
  const hidden = own.some((column) => column.origin?.column.hidden === true);
  const shown = hidden ? own.filter((column) => column.origin?.column.hidden !== true) : own;
  return { sql, scope: new Scope([entry], own, shown) };
}
