import type { Call, Expression, TableArgument } from "../ast/tree.ts";
import type { Relation } from "../relation.ts";
import { fieldTypeText } from "../type-text.ts";
import type { Field } from "../types.ts";
import { elsewhere, invalid, proposal } from "./bind-error.ts";
import { bindExpression } from "./expression.ts";
import { rowContext } from "./expression-context.ts";
import { lookUp, type Scope, scopeOf, unknownColumn } from "./scope.ts";
import type { QueryContext } from "./statement-context.ts";
import { windowPropertyType } from "./window-property.ts";
import { type WindowArgument, type WindowKind, windowShape, windowSizeNames } from "./window-shape.ts";

const kinds: readonly string[] = ["tumble", "hop", "cumulate", "session"];

/** Whether a table function is one of the windows. */
export function isWindowFunction(call: Call): boolean {
  return call.name.parts.length === 1 && kinds.includes(call.name.parts[0]?.name.toLowerCase() ?? "");
}

/** `TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' MINUTE)` and its relatives, with arguments in order or by name. */
export function bindWindowTable(call: Call, query: QueryContext): Relation {
  const kind = (call.name.parts[0]?.name.toLowerCase() ?? "") as WindowKind;
  const names = ["DATA", "TIMECOL", ...windowSizeNames(kind), "OFFSET"];
  const [data, time, ...sizes] = orderedArguments(call, kind, names);
  if (data === undefined || time === undefined) throw new Error("arguments are missing");
  const { scope, partition } = bindData(data, kind, query);
  const timeColumn = descriptorColumn(time, kind, scope);
  const context = rowContext(query, scope, kind.toUpperCase());
  const bound = sizes.flatMap((node): WindowArgument[] =>
    node === undefined ? [] : [{ expression: bindExpression(node, context), position: node.span.start }],
  );
  const shape = windowShape(kind, bound, partition);
  const input = scope.relation;
  const timeField = input.fields[timeColumn];
  if (timeField === undefined) throw new Error(`no column ${timeColumn}`);
  return {
    kind: "windowTable",
    fields: [...input.fields, ...windowFields(timeField)],
    input,
    shape,
    timeColumn,
  };
}

function windowFields(time: Field): readonly Field[] {
  return (["window_start", "window_end", "window_time"] as const).map((name) => {
    const type = windowPropertyType(name, time.type);
    return name === "window_time" ? { name, type, time: time.time } : { name, type };
  });
}

/** The arguments in the order of `names`; those at the end may be missing. */
function orderedArguments(
  call: Call,
  kind: string,
  names: readonly string[],
): readonly (Expression | undefined)[] {
  const upper = kind.toUpperCase();
  const form = `${upper}(${names.join(", ")})`;
  const ordered: (Expression | undefined)[] = names.map(() => undefined);
  for (const [index, argument] of call.arguments.entries()) {
    const at = argument.span.start;
    const name = argument.kind === "named-argument" ? argument.name.name.toUpperCase() : names[index];
    const place =
      name === undefined ? -1 : names.indexOf(kind === "session" && name === "SIZE" ? "GAP" : name);
    if (place < 0) {
      const near = name === undefined ? "" : proposal(name, names);
      throw invalid(
        `${upper} has no argument ${name ?? `number ${index + 1}`}${near}: it is ${form}`,
        at,
        "42883",
      );
    }
    if (ordered[place] !== undefined) throw invalid(`${upper} has the argument ${name} twice`, at, "42883");
    ordered[place] = argument.kind === "named-argument" ? argument.value : argument;
  }
  const missing = names.find((name, place) => name !== "OFFSET" && ordered[place] === undefined);
  if (missing !== undefined) {
    throw invalid(`${upper} needs the argument ${missing}: it is ${form}`, call.span.start, "42883");
  }
  return ordered;
}

function bindData(
  node: Expression,
  kind: WindowKind,
  query: QueryContext,
): { readonly scope: Scope; readonly partition: readonly number[] } {
  if (node.kind !== "table-argument") {
    throw invalid(
      `DATA of ${kind.toUpperCase()} is a table: TABLE t, or a query in brackets`,
      node.span.start,
    );
  }
  if (node.orderBy.length > 0) throw elsewhere("ORDER BY of a table argument", node.span.start);
  const scope = tableArgument(node, query);
  if (node.partitionBy.length > 0 && kind !== "session") {
    throw invalid(
      `only SESSION takes PARTITION BY, not ${kind.toUpperCase()}`,
      node.partitionBy[0]?.span.start,
    );
  }
  const context = rowContext(query, scope, "PARTITION BY");
  const partition = node.partitionBy.map((item) => {
    const expression = bindExpression(item, context);
    if (expression.kind !== "column") {
      throw invalid("PARTITION BY of SESSION takes columns of the table", item.span.start);
    }
    return expression.index;
  });
  return { scope, partition };
}

function tableArgument({ table }: TableArgument, query: QueryContext): Scope {
  if ("kind" in table) return scopeOf(query.statement.queries.bind(table, query), undefined);
  const [only, more] = table.parts;
  const common = more === undefined ? query.tables.findLast((entry) => entry.name === only?.name) : undefined;
  if (common !== undefined) return scopeOf(common.relation, common.name);
  const { relation, path } = query.statement.table(table, {});
  return scopeOf(relation, path[2], path);
}

function descriptorColumn(node: Expression, kind: string, scope: Scope): number {
  const at = node.span.start;
  const [name, more] = node.kind === "descriptor" ? node.columns : [];
  if (name === undefined || more !== undefined) {
    throw invalid(`TIMECOL of ${kind.toUpperCase()} is DESCRIPTOR(column)`, at);
  }
  const found = lookUp(scope, [name]);
  if (found?.expression.kind !== "column") throw unknownColumn(scope, [name]);
  const field = scope.relation.fields[found.expression.index];
  if (field?.time === undefined) {
    const text = field === undefined ? "nothing" : fieldTypeText(field);
    throw invalid(
      `the window function requires the timecol is a time attribute type, but is ${text}`,
      name.span.start,
      "42804",
    );
  }
  return found.expression.index;
}
