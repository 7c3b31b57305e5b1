import type { FromItem, FunctionItem, Join, QueryItem, TableItem } from "../ast/tree.ts";
import type { Relation } from "../relation.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import { join, renamed } from "./build.ts";
import { tableHintOptions } from "./hints.ts";
import { joinScopes } from "./join.ts";
import { bindLateral } from "./lateral.ts";
import { besides, type Scope, scopeOf } from "./scope.ts";
import type { QueryContext } from "./statement-context.ts";
import { bindUnnest, lonelyUnnest } from "./unnest.ts";
import { bindWindowTable, isWindowFunction } from "./window-table.ts";

/** FROM: tables with commas between them are joined without a condition. */
export function bindFrom(items: readonly FromItem[], query: QueryContext): Scope {
  let scope: Scope | undefined;
  for (const item of items) {
    if (scope === undefined) {
      scope = bindItem(item, query);
    } else if (item.kind === "unnest") {
      scope = bindUnnest(item, scope, undefined, query);
    } else if (item.kind === "subquery" && item.lateral) {
      scope = bindLateral(item, scope, undefined, query, bindFrom);
    } else {
      const right = bindItem(item, query);
      scope = besides(scope, right, join(scope.relation, right.relation, "inner", undefined));
    }
  }
  if (scope === undefined) throw new Error("FROM is empty");
  return scope;
}

function bindItem(item: FromItem, query: QueryContext): Scope {
  switch (item.kind) {
    case "table":
      return bindTable(item, query);
    case "subquery":
      return bindQueryItem(item, query);
    case "function":
      return bindFunction(item, query);
    case "unnest":
      return lonelyUnnest(item, query);
    case "match-recognize":
      throw elsewhere("MATCH_RECOGNIZE", item.span.start);
    case "join":
      return bindJoin(item, query);
  }
}

function bindTable(item: TableItem, query: QueryContext): Scope {
  if (item.systemTime !== undefined) {
    throw elsewhere("a temporal or lookup join (FOR SYSTEM_TIME AS OF)", item.systemTime.span.start);
  }
  const options = tableHintOptions(item.hints);
  const [only, more] = item.name.parts;
  const common = more === undefined ? query.tables.findLast((entry) => entry.name === only?.name) : undefined;
  if (common !== undefined) {
    if (Object.keys(options).length > 0) {
      throw invalid("the hint OPTIONS is for tables, not for queries of WITH", item.span.start);
    }
    return aliased(common.relation, item, common.name, undefined);
  }
  const { relation, path } = query.statement.table(item.name, options);
  return aliased(relation, item, path[2], path);
}

interface Aliased {
  readonly alias: QueryItem["alias"];
  readonly columns: QueryItem["columns"];
}

/** `AS t (a, b)`: new names for all columns. */
function aliased(
  relation: Relation,
  item: Aliased,
  name: string | undefined,
  path: readonly string[] | undefined,
): Scope {
  const named = withColumnNames(relation, item);
  const { alias } = item;
  return alias === undefined ? scopeOf(named, name, path) : scopeOf(named, alias.name);
}

function withColumnNames(relation: Relation, item: Aliased): Relation {
  const { columns } = item;
  if (columns.length === 0) return relation;
  if (columns.length !== relation.fields.length) {
    throw invalid(
      `'${item.alias?.name}' has ${relation.fields.length} column(s), but ${columns.length} name(s) are given`,
      columns[0]?.span.start,
      "42601",
    );
  }
  return renamed(
    relation,
    columns.map((column) => column.name),
  );
}

function bindQueryItem(item: QueryItem, query: QueryContext): Scope {
  const relation = query.statement.queries.bind(item.query, query);
  return aliased(relation, item, undefined, undefined);
}

function bindFunction(item: FunctionItem, query: QueryContext): Scope {
  const { call } = item;
  const name = call.name.parts.at(-1)?.name ?? "";
  if (isWindowFunction(call)) {
    return aliased(bindWindowTable(call, query), item, undefined, undefined);
  }
  throw elsewhere(`the table function ${name}`, call.span.start);
}

function bindJoin(node: Join, query: QueryContext): Scope {
  const left = bindItem(node.left, query);
  if (node.right.kind === "unnest") {
    return bindUnnest(node.right, left, node, query);
  }
  if (node.right.kind === "subquery" && node.right.lateral) {
    return bindLateral(node.right, left, node, query, bindFrom);
  }
  return joinScopes(node, left, bindItem(node.right, query), query);
}
