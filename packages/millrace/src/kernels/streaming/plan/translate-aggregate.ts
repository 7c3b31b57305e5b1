import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import type {
  AggregateCall,
  AggregateRelation,
  WindowShape,
  WindowTableRelation,
} from "../../../sql/flink/relation.ts";
import type { Field } from "../../../sql/flink/types.ts";
import { calcChain } from "./calc-chain.ts";
import { byKeys, type Draft, insertOnly, isInsertOnly, type WindowColumns } from "./draft.ts";
import { namesText } from "./expression-text.ts";
import { columnsOf, stableText } from "./expression-walk.ts";
import type { WindowProperty, WindowSource } from "./physical-plan.ts";
import { notHere } from "./refusal.ts";
import { addCalc } from "./translate-calc.ts";
import { checkTimeColumn, shapeText } from "./translate-window.ts";
import { columnAt, type Translator } from "./translator.ts";

/** GROUP BY: over windows when the groups hold a window's start and end, else over all that ever came. */
export function translateAggregate(translator: Translator, relation: AggregateRelation): Draft {
  const direct = directWindow(relation);
  if (direct !== undefined) return aggregateOfTable(translator, relation, direct);
  const input = translator.translate(relation.input);
  const { window } = input;
  const isWindowed =
    window?.start !== undefined &&
    window.end !== undefined &&
    relation.groups.includes(window.start) &&
    relation.groups.includes(window.end);
  return isWindowed
    ? aggregateOfColumns(translator, relation, input, window)
    : aggregateOfAll(translator, relation, input);
}

function callText(call: AggregateCall, fields: readonly Field[], name: string | undefined): string {
  const operands = call.arguments.length === 0 ? "*" : namesText(call.arguments, fields);
  const filter = call.filter === undefined ? "" : ` FILTER ${namesText([call.filter], fields)}`;
  const distinct = call.isDistinct ? "DISTINCT " : "";
  return `${call.function.toUpperCase()}(${distinct}${operands})${filter} AS ${name ?? "$f"}`;
}

function aggregateOfAll({ graph, settings }: Translator, relation: AggregateRelation, input: Draft): Draft {
  const { groups, calls, fields } = relation;
  const names = fields.slice(groups.length);
  const select = [
    ...groups.map((group) => input.fields[group]?.name ?? ""),
    ...calls.map((call, index) => callText(call, input.fields, names[index]?.name)),
  ];
  // Without groups the only row stays, and without calls a group does not change.
  const changes = {
    updates: calls.length > 0,
    deletes: !isInsertOnly(input.changes) && groups.length > 0,
  };
  const groupBy = groups.length === 0 ? "" : `groupBy=[${namesText(groups, input.fields)}], `;
  return graph.add({
    fields: fields.map(({ name, type }) => ({ name, type })),
    inputs: [byKeys(input, groups)],
    changes,
    key: groups.map((_, index) => index),
    window: undefined,
    name: "GroupAggregate",
    details: `${groupBy}select=[${select.join(", ")}]`,
    operator: ({ retracts, emitsUpdateBefore }) => ({
      ...{ kind: "groupAggregate", keys: groups, calls, emitsUpdateBefore },
      retracts: retracts[0] === true,
      emitsEachRow: settings.emitsEachRow === true,
    }),
  });
}

/** An aggregate right above a window table, with what its columns are over the table's input. */
interface DirectWindow {
  readonly table: WindowTableRelation;
  readonly expressions: readonly BoundExpression[];
}

const properties: readonly WindowProperty[] = ["window_start", "window_end", "window_time"];

/** Which column of a window an expression is. */
function propertyOf(expression: BoundExpression | undefined, count: number): WindowProperty | undefined {
  return expression?.kind === "column" ? properties[expression.index - count] : undefined;
}

function directWindow(relation: AggregateRelation): DirectWindow | undefined {
  const { base, condition, expressions } = calcChain(relation.input);
  if (base.kind !== "windowTable" || condition !== undefined) return undefined;
  const count = base.input.fields.length;
  const found = relation.groups.map((group) => propertyOf(expressions[group], count));
  if (!found.includes("window_start") || !found.includes("window_end")) return undefined;
  const others = relation.groups.filter((_, index) => found[index] === undefined);
  const read = relation.calls.flatMap((call) => [
    ...call.arguments,
    ...(call.filter === undefined ? [] : [call.filter]),
  ]);
  const isOwn = (column: number): boolean =>
    [...columnsOf(expressions[column] as BoundExpression)].every((index) => index < count);
  return [...others, ...read].every(isOwn) ? { table: base, expressions } : undefined;
}

function aggregateOfTable(translator: Translator, relation: AggregateRelation, direct: DirectWindow): Draft {
  const { graph } = translator;
  const { table, expressions } = direct;
  const below = translator.translate(table.input);
  checkTimeColumn(below, table.timeColumn, table.shape);
  checkAppend(below, "Window aggregation");
  const count = table.input.fields.length;
  const groupProperties = relation.groups.map((group) => propertyOf(expressions[group], count));
  const keyGroups = relation.groups.filter((_, index) => groupProperties[index] === undefined);
  checkSession(
    table.shape,
    keyGroups.map((group) => expressions[group] as BoundExpression),
  );
  const needed: BoundExpression[] = [];
  const place = (expression: BoundExpression): number => {
    const text = stableText(expression);
    const known = needed.findIndex((other) => stableText(other) === text);
    return known >= 0 ? known : needed.push(expression) - 1;
  };
  const keys = keyGroups.map((group) => place(expressions[group] as BoundExpression));
  const placed = (column: number): number => place(expressions[column] as BoundExpression);
  const calls = relation.calls.map((call) => ({
    ...call,
    arguments: call.arguments.map(placed),
    filter: call.filter === undefined ? undefined : placed(call.filter),
  }));
  const timeColumn = place(columnAt(below, table.timeColumn));
  const fields = needed.map((expression, index): Field => {
    const name = expression.kind === "column" ? below.fields[expression.index]?.name : undefined;
    return { name: name ?? `$f${index}`, type: expression.type };
  });
  const input = addCalc(graph, below, { fields, expressions: needed, condition: undefined });
  const isEventTime = below.fields[table.timeColumn]?.time === "rowtime";
  const shape = remappedShape(table.shape, keys);
  const window: WindowSource = { kind: "time", shape, timeColumn, isEventTime };
  return addWindowAggregate(translator, {
    ...{ relation, input, window, keys, calls, groupProperties },
    isLocalTime: below.fields[table.timeColumn]?.type.kind === "timestamp_ltz",
    shape: stableText([sessionless(table.shape)]),
    text: shapeText(table.shape, input.fields[timeColumn]?.name ?? ""),
  });
}

/** The partition of a session is the keys of its aggregate. */
function remappedShape(shape: WindowShape, keys: readonly number[]): WindowShape {
  return shape.kind === "session" ? { ...shape, partition: keys } : shape;
}

function sessionless(shape: WindowShape): unknown {
  return shape.kind === "session" ? { ...shape, partition: [] } : shape;
}

function checkSession(shape: WindowShape, keys: readonly BoundExpression[]): void {
  if (shape.kind !== "session") return;
  const columns = new Set(keys.flatMap((key) => (key.kind === "column" ? [key.index] : [])));
  const isSame =
    shape.partition.length === keys.length && shape.partition.every((column) => columns.has(column));
  if (!isSame)
    throw notHere("A SESSION window that is grouped by other columns than those of its PARTITION BY");
}

function aggregateOfColumns(
  translator: Translator,
  relation: AggregateRelation,
  input: Draft,
  columns: WindowColumns,
): Draft {
  checkAppend(input, "Window aggregation");
  const { start = -1, end = -1, time } = columns;
  const groupProperties = relation.groups.map((group): WindowProperty | undefined => {
    if (group === start) return "window_start";
    if (group === end) return "window_end";
    return group === time ? "window_time" : undefined;
  });
  const keys = relation.groups.filter((_, index) => groupProperties[index] === undefined);
  const { isEventTime, isLocalTime, shape } = columns;
  return addWindowAggregate(translator, {
    ...{ relation, input, keys, calls: relation.calls, groupProperties, shape, isLocalTime },
    window: { kind: "columns", startColumn: start, endColumn: end, isEventTime, isLocalTime },
    text: `win_start=[${input.fields[start]?.name}], win_end=[${input.fields[end]?.name}]`,
  });
}

function checkAppend(input: Draft, what: string): void {
  if (!isInsertOnly(input.changes))
    throw notHere(`${what} over a changelog with updates or deletes (${input.name})`);
}

interface WindowAggregateSpec {
  readonly relation: AggregateRelation;
  readonly input: Draft;
  readonly window: WindowSource;
  readonly keys: readonly number[];
  readonly calls: readonly AggregateCall[];
  /** What each group of the relation is of the window; undefined: a key. */
  readonly groupProperties: readonly (WindowProperty | undefined)[];
  readonly shape: string;
  readonly isLocalTime: boolean;
  readonly text: string;
}

function addWindowAggregate({ graph }: Translator, spec: WindowAggregateSpec): Draft {
  const { relation, input, window, keys, calls, groupProperties } = spec;
  const emitted = properties.filter((property) => groupProperties.includes(property));
  const groupFields = relation.fields.slice(0, relation.groups.length);
  const keyFields = groupFields.filter((_, index) => groupProperties[index] === undefined);
  const callFields = relation.fields.slice(relation.groups.length).map(({ name, type }) => ({ name, type }));
  const { isEventTime } = window;
  const propertyFields = emitted.map((property): Field => {
    const field = groupFields[groupProperties.indexOf(property)] as Field;
    const { name, type } = field;
    if (property !== "window_time") return { name, type };
    return { name, type, time: isEventTime ? "rowtime" : "proctime" };
  });
  const first = keys.length + calls.length;
  const at = (property: WindowProperty): number | undefined => {
    const place = emitted.indexOf(property);
    return place < 0 ? undefined : first + place;
  };
  const select = [
    ...keyFields.map(({ name }) => name),
    ...calls.map((call, index) => callText(call, input.fields, callFields[index]?.name)),
    ...emitted,
  ];
  const groupBy = keys.length === 0 ? "" : `groupBy=[${namesText(keys, input.fields)}], `;
  const aggregate = graph.add({
    fields: [...keyFields.map(({ name, type }) => ({ name, type })), ...callFields, ...propertyFields],
    inputs: [byKeys(input, keys)],
    changes: insertOnly,
    key: undefined,
    window: {
      ...{ start: at("window_start"), end: at("window_end"), time: at("window_time") },
      ...{ isEventTime, isLocalTime: spec.isLocalTime, shape: spec.shape },
    },
    name: "WindowAggregate",
    details: `${groupBy}window=[${spec.text}], select=[${select.join(", ")}]`,
    operator: () => ({ kind: "windowAggregate", window, keys, calls, properties: emitted }),
  });
  return reordered(graph, aggregate, relation, groupProperties, at);
}

/** The columns in the order of the relation: groups as written, then calls. */
function reordered(
  graph: Translator["graph"],
  aggregate: Draft,
  relation: AggregateRelation,
  groupProperties: readonly (WindowProperty | undefined)[],
  at: (property: WindowProperty) => number | undefined,
): Draft {
  let nextKey = 0;
  const groupPlaces = groupProperties.map((property) =>
    property === undefined ? nextKey++ : (at(property) ?? -1),
  );
  const places = [...groupPlaces, ...relation.calls.map((_, index) => nextKey + index)];
  const expressions = places.map((place) => columnAt(aggregate, place));
  return addCalc(graph, aggregate, { fields: relation.fields, expressions, condition: undefined });
}
