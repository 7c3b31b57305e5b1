import { SqlError } from "../../sql-error.ts";
import type { Call, Expression } from "../ast/expression.ts";
import type { Pivot } from "../ast/query.ts";
import { Block, type FromPart, notSupported } from "./block.ts";
import { type Bound, bound } from "./bound.ts";
import { settled } from "./coerce.ts";
import { comparable, isPlainlyComparable } from "./comparison.ts";
import { part } from "./from-table.ts";
import { useColumn } from "./reference.ts";
import type { ScopeColumn } from "./scope.ts";

interface Output {
  readonly name: string;
  readonly sql: string;
  readonly value: Bound;
}

/**
 * PIVOT: rows are grouped by all columns that it does not name, and each value of the pivot column becomes a column of
 * what the aggregate gives for the rows that have it. @throws SqlError 42703, 42601
 */
export function bindPivot(item: Pivot, block: Block): FromPart {
  const inner = new Block(block.beside());
  const source = inner.binders.fromItem(item.source, inner);
  inner.scope = source.scope;
  const pivot = inner.scope.column(item.column);
  if (pivot === undefined) {
    throw new SqlError("42703", `column "${item.column.name}" does not exist`, {
      position: item.column.span.start,
    });
  }
  const outputs = pivoted(item, inner);
  const used = new Set<ScopeColumn>([pivot, ...aggregated(item, inner)]);
  const groups = inner.scope.visible.filter((column) => !used.has(column));
  const keys = groups.map((column) => grouped(column, inner, item));
  const all = [...keys, ...outputs];
  const list = all.map(({ sql }, index) => `${sql} AS c${index + 1}`).join(", ");
  const by =
    keys.length === 0 ? "" : ` GROUP BY ${keys.map(({ value }) => comparable(value, inner)).join(", ")}`;
  const alias = block.state.nextAlias();
  const columns = all.map(({ name, value }, index) => ({
    name,
    type: value.type,
    sql: `${alias}.c${index + 1}`,
    blankFree: value.blankFree,
    entry: undefined,
    origin: undefined,
  }));
  return part(
    `(SELECT ${list} FROM ${source.sql}${by}) AS ${alias}`,
    columns,
    undefined,
    item,
    alias,
    undefined,
    undefined,
  );
}

function grouped(column: ScopeColumn, inner: Block, item: Pivot): Output {
  const value = useColumn(column, inner, inner, item.span);
  return {
    name: column.name,
    value,
    sql: isPlainlyComparable(value, inner) ? value.sql : `first(${value.sql})`,
  };
}

/** Columns that the aggregates are made of are not grouped by. */
function aggregated(item: Pivot, inner: Block): readonly ScopeColumn[] {
  inner.uses = [];
  for (const { call } of item.aggregates) for (const argument of call.arguments) inner.expression(argument);
  const columns = inner.uses.map(({ column }) => column);
  inner.uses = [];
  return columns;
}

function pivoted(item: Pivot, inner: Block): readonly Output[] {
  const outputs: Output[] = [];
  for (const { value, alias } of item.values) {
    const literal = settled(inner.expression(value), inner);
    if (literal.constant === undefined) throw notSupported("a value of PIVOT that is no literal", value.span);
    const label = alias?.name ?? literal.constant ?? "null";
    for (const { call, alias: suffix } of item.aggregates) {
      if (call.distinct && call.arguments.length !== 1)
        throw notSupported("this aggregate in PIVOT", call.span);
      const aggregate = inner.within("SELECT", () => inner.expression(conditional(call, item, value)));
      outputs.push({
        name: suffix === undefined ? label : `${label}_${suffix.name}`,
        sql: aggregate.sql,
        value: bound(aggregate.type, aggregate.sql, { blankFree: aggregate.blankFree }),
      });
    }
  }
  return outputs;
}

/** `sum(v)` as `sum(case when q = 1 then v end)`; `count(*)` counts ones. */
function conditional(call: Call, item: Pivot, value: Expression): Call {
  const { span } = item;
  const column: Expression = { kind: "reference", parts: [item.column], span: item.column.span };
  const when: Expression = {
    kind: "binary",
    operator: "=",
    operatorSpan: span,
    left: column,
    right: value,
    span,
  };
  const [first, ...rest] = call.arguments;
  const then: Expression = first ?? { kind: "number", text: "1", span };
  const only: Expression = {
    kind: "case",
    operand: undefined,
    branches: [{ when, then }],
    otherwise: undefined,
    span,
  };
  return { ...call, star: false, arguments: [only, ...rest] };
}
