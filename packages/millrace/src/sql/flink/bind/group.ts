import type { BoundExpression, ColumnExpression } from "../bound-expression.ts";
import type { AggregateCall, AggregateRelation, Relation, WindowTableRelation } from "../relation.ts";
import type { Field } from "../types.ts";
import { invalid } from "./bind-error.ts";
import { type Item, project } from "./build.ts";
import {
  type AggregateMark,
  type Marks,
  markOf,
  outerIndex,
  type WindowProperty,
} from "./expression-context.ts";
import { ExtendedRelation } from "./extended-relation.ts";
import { rewrite } from "./rewrite.ts";
import { column } from "./scope.ts";
import type { StatementContext } from "./statement-context.ts";
import { windowColumns } from "./window-columns.ts";
import { type GroupWindow, windowPropertyType } from "./window-property.ts";

/** A step of a SELECT: its relation, and how expressions that were over the one before are over it. */
export interface Stage {
  readonly relation: Relation;
  readonly rewrite: (expression: BoundExpression) => BoundExpression;
}

export interface Grouping {
  readonly expressions: readonly BoundExpression[];
  readonly window: GroupWindow | undefined;
}

/** The columns that an aggregate reads, each there once. */
class AggregateInput {
  readonly items: Item[] = [];
  readonly #places = new Map<number, number>();
  readonly #statement: StatementContext;
  readonly #fields: readonly Field[];

  constructor(statement: StatementContext, fields: readonly Field[]) {
    this.#statement = statement;
    this.#fields = fields;
  }

  place(expression: BoundExpression): number {
    const key = this.#statement.keys.of(expression);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const own = expression.kind === "column" ? this.#fields[expression.index]?.name : undefined;
    this.items.push({ name: own ?? `$f${this.items.length}`, expression });
    this.#places.set(key, this.items.length - 1);
    return this.items.length - 1;
  }
}

/** GROUP BY and the aggregates among the marks: a projection and an aggregate over it. */
export function groupStage(
  input: Relation,
  grouping: Grouping,
  marks: Marks,
  statement: StatementContext,
): Stage {
  const { base, sources } = groupInput(input, grouping, statement);
  const needed = new AggregateInput(statement, base.fields);
  const groupColumns = new Map<number, number>();
  const groups: number[] = [];
  const addGroup = (expression: BoundExpression, source: BoundExpression = expression): number => {
    const place = needed.place(source);
    const known = groups.indexOf(place);
    const index = known < 0 ? groups.push(place) - 1 : known;
    groupColumns.set(statement.keys.of(expression), index);
    return index;
  };
  for (const [index, expression] of grouping.expressions.entries()) addGroup(expression, sources[index]);
  const propertyColumn = (property: WindowProperty): number =>
    addGroup(column(base.fields, base.fields.length - 3 + propertyOrder.indexOf(property)));
  if (grouping.window !== undefined) {
    propertyColumn("window_start");
    propertyColumn("window_end");
  }
  const markColumns = new Map<number, number>();
  for (const [number, mark] of marks.list.entries()) {
    if (mark.kind !== "window property") continue;
    if (mark.key !== grouping.window?.key) {
      throw invalid("the bounds of a window need the same window in GROUP BY", mark.position, "42803");
    }
    markColumns.set(number, propertyColumn(mark.property));
  }
  const calls = aggregateCalls(marks, needed, groups.length, markColumns, statement);
  const source = project(base, needed.items, statement.keys);
  const relation = aggregateRelation(source, groups, calls, statement);
  return { relation, rewrite: groupRewriter(relation, groupColumns, markColumns, statement) };
}

const propertyOrder: readonly WindowProperty[] = ["window_start", "window_end", "window_time"];

interface GroupInput {
  readonly base: Relation;
  /** What the groups are over the base: for sessions the columns that they are kept by. */
  readonly sources: readonly BoundExpression[];
}

function groupInput(input: Relation, grouping: Grouping, statement: StatementContext): GroupInput {
  const { window, expressions } = grouping;
  if (window === undefined) return { base: input, sources: expressions };
  const base = windowed(input, window, expressions, statement);
  if (base.shape.kind !== "session") return { base, sources: expressions };
  return { base, sources: base.shape.partition.map((index) => column(base.fields, index)) };
}

/** A group window as a window table; sessions are of each group. */
function windowed(
  input: Relation,
  window: GroupWindow,
  groups: readonly BoundExpression[],
  statement: StatementContext,
): WindowTableRelation {
  const extended = new ExtendedRelation(input, statement);
  const timeColumn = extended.place(window.time);
  const shape =
    window.shape.kind === "session"
      ? { ...window.shape, partition: groups.map((group) => extended.place(group)) }
      : window.shape;
  const source = extended.relation();
  const fields = propertyOrder.map((name): Field => {
    const type = windowPropertyType(name, window.time.type);
    return name === "window_time" ? { name, type, time: window.timeKind } : { name, type };
  });
  return {
    kind: "windowTable",
    fields: [...source.fields, ...fields],
    input: source,
    shape,
    timeColumn,
  };
}

function aggregateCalls(
  marks: Marks,
  needed: AggregateInput,
  groupCount: number,
  markColumns: Map<number, number>,
  statement: StatementContext,
): readonly AggregateCall[] {
  const calls: AggregateCall[] = [];
  const known = new Map<string, number>();
  for (const [number, mark] of marks.list.entries()) {
    if (mark.kind !== "aggregate") continue;
    const call = aggregateCall(mark, needed);
    const constants = call.constants.map((constant) => statement.keys.of(constant));
    const key = `${call.function} ${call.arguments.join()} ${call.isDistinct} ${call.filter} ${constants.join()}`;
    const index = known.get(key) ?? calls.push(call) - 1;
    known.set(key, index);
    markColumns.set(number, groupCount + index);
  }
  return calls;
}

function aggregateCall(mark: AggregateMark, needed: AggregateInput): AggregateCall {
  return {
    function: mark.function,
    arguments: mark.arguments.map((argument) => needed.place(argument)),
    isDistinct: mark.isDistinct,
    filter: mark.filter === undefined ? undefined : needed.place(mark.filter),
    type: mark.type,
    constants: mark.constants,
  };
}

function aggregateRelation(
  input: Relation,
  groups: readonly number[],
  calls: readonly AggregateCall[],
  statement: StatementContext,
): AggregateRelation {
  const window = windowColumns(input, statement.windowColumns);
  const isWindowed = window !== undefined && groups.includes(window.start) && groups.includes(window.end);
  const groupFields = groups.map((group): Field => {
    const field = input.fields[group];
    if (field === undefined) throw new Error(`no column ${group}`);
    const keepsTime = isWindowed && group === window.time;
    return keepsTime ? field : { name: field.name, type: field.type };
  });
  const callFields = calls.map((call, index): Field => ({ name: `EXPR$${index}`, type: call.type }));
  return { kind: "aggregate", fields: [...groupFields, ...callFields], input, groups, calls };
}

function groupRewriter(
  relation: Relation,
  groupColumns: ReadonlyMap<number, number>,
  markColumns: ReadonlyMap<number, number>,
  statement: StatementContext,
): Stage["rewrite"] {
  const whole = (part: BoundExpression): BoundExpression | undefined => {
    const index = part.kind === "literal" ? undefined : groupColumns.get(statement.keys.of(part));
    return index === undefined ? undefined : column(relation.fields, index);
  };
  const single = (part: ColumnExpression): BoundExpression => {
    const mark = markOf(part);
    const index = mark === undefined ? undefined : markColumns.get(mark);
    if (index !== undefined) return column(relation.fields, index);
    if (mark !== undefined || outerIndex(part) !== undefined) return part;
    const span = statement.spans.get(part);
    const name = span === undefined ? "*" : statement.text.slice(span.start, span.end);
    throw invalid(`expression '${name}' is not being grouped`, span?.start, "42803");
  };
  return (expression) => rewrite(expression, whole, single);
}

/** DISTINCT: an aggregate without calls. */
export function distinct(input: Relation, statement: StatementContext): Relation {
  const groups = input.fields.map((_, index) => index);
  return aggregateRelation(input, groups, [], statement);
}
