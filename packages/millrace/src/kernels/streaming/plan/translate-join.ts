import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import type { JoinRelation, JoinType } from "../../../sql/flink/relation.ts";
import type { Field } from "../../../sql/flink/types.ts";
import { byKeys, type Changes, type Draft, insertOnly, isInsertOnly, type WindowColumns } from "./draft.ts";
import { expressionText, namesText } from "./expression-text.ts";
import { columnsOf, conjunction, conjunctsOf, mapColumns, moveColumns } from "./expression-walk.ts";
import { intervalBounds } from "./interval-bounds.ts";
import type { EquiKeys, WindowSource } from "./physical-plan.ts";
import { notHere } from "./refusal.ts";
import { addCalc } from "./translate-calc.ts";
import { columnAt, type Translator } from "./translator.ts";

/** A join whose condition is taken apart. */
interface JoinParts {
  readonly type: JoinType;
  readonly left: Draft;
  readonly right: Draft;
  readonly keys: EquiKeys;
  /** What the keys do not say, over left and right columns. */
  readonly rest: readonly BoundExpression[];
  readonly fields: readonly Field[];
}

export function translateJoin(translator: Translator, relation: JoinRelation): Draft {
  const left = translator.translate(relation.left);
  const right = translator.translate(relation.right);
  const parts = joinParts(translator, relation, left, right);
  const joined = addJoin(translator, parts);
  return withoutKeyColumns(translator, joined, parts, [left.fields.length, right.fields.length]);
}

function addJoin(translator: Translator, parts: JoinParts): Draft {
  const windows = joinedWindows(parts);
  if (windows !== undefined) return windowJoin(translator, parts, windows);
  const fields = [...parts.left.fields, ...parts.right.fields];
  const bounds = intervalBounds(parts.rest, fields, parts.left.fields.length);
  if (bounds === undefined) return regularJoin(translator, parts);
  const times = [
    parts.left.fields[bounds.leftTimeColumn]?.time,
    parts.right.fields[bounds.rightTimeColumn]?.time,
  ];
  if (times[0] !== times[1]) return regularJoin(translator, parts);
  return intervalJoin(translator, { ...parts, rest: bounds.rest }, bounds);
}

/** Equalities between the sides become keys: columns, which are computed below the join where they are none. */
function joinParts({ graph }: Translator, relation: JoinRelation, left: Draft, right: Draft): JoinParts {
  const leftCount = left.fields.length;
  const sides = { left: [] as BoundExpression[], right: [] as BoundExpression[] };
  const nullSafe: boolean[] = [];
  const rest: BoundExpression[] = [];
  for (const conjunct of conjunctsOf(relation.condition)) {
    if (relation.isNullAware === true && conjunct.type.nullable) {
      rest.push(isNotFalse(conjunct));
      continue;
    }
    const key = equiKey(conjunct, leftCount);
    // Equal times are an interval, behind which rows are let go.
    if (key === undefined || isEqualTime(key, left, right)) {
      rest.push(conjunct);
      continue;
    }
    sides.left.push(key.left);
    sides.right.push(
      mapColumns(key.right, (index, type) => ({ kind: "column", type, index: index - leftCount })),
    );
    nullSafe.push(key.isNullSafe);
  }
  const leftKeys = withKeys(graph, left, sides.left);
  const rightKeys = withKeys(graph, right, sides.right);
  const moved = [
    ...left.fields.keys(),
    ...[...right.fields.keys()].map((index) => index + leftKeys.draft.fields.length),
  ];
  const fields = [...leftKeys.draft.fields, ...rightKeys.draft.fields];
  return {
    ...{ type: relation.type, left: leftKeys.draft, right: rightKeys.draft, fields },
    keys: { left: leftKeys.columns, right: rightKeys.columns, nullSafe },
    rest: rest.map((condition) => moveColumns(condition, moved)),
  };
}

function isEqualTime(key: EquiKey, left: Draft, right: Draft): boolean {
  const [one, two] = [key.left, key.right];
  if (key.isNullSafe || one.kind !== "column" || two.kind !== "column") return false;
  const time = left.fields[one.index]?.time;
  const isTime = time !== undefined && time === right.fields[two.index - left.fields.length]?.time;
  const isWindow = left.window !== undefined && right.window !== undefined;
  return isTime && !isWindow && isInsertOnly(left.changes) && isInsertOnly(right.changes);
}

/** NOT IN finds a row also where it cannot know that there is none. */
function isNotFalse(condition: BoundExpression): BoundExpression {
  const type = { kind: "boolean", nullable: false } as const;
  return { kind: "call", type, function: "is not false", arguments: [condition] };
}

interface EquiKey {
  readonly left: BoundExpression;
  /** Over left and right columns. */
  readonly right: BoundExpression;
  readonly isNullSafe: boolean;
}

function equiKey(conjunct: BoundExpression, leftCount: number): EquiKey | undefined {
  if (conjunct.kind !== "call" || conjunct.arguments.length !== 2) return undefined;
  const isNullSafe = conjunct.function === "is not distinct from";
  if (conjunct.function !== "=" && !isNullSafe) return undefined;
  const [one, two] = conjunct.arguments as [BoundExpression, BoundExpression];
  const sideOf = (expression: BoundExpression): "left" | "right" | undefined => {
    const columns = [...columnsOf(expression)];
    if (columns.length === 0) return undefined;
    if (columns.every((column) => column < leftCount)) return "left";
    return columns.every((column) => column >= leftCount) ? "right" : undefined;
  };
  const [first, second] = [sideOf(one), sideOf(two)];
  if (first === "left" && second === "right") return { left: one, right: two, isNullSafe };
  return first === "right" && second === "left" ? { left: two, right: one, isNullSafe } : undefined;
}

/** The input with a column for each key that is none of its own. */
function withKeys(
  graph: Translator["graph"],
  input: Draft,
  keys: readonly BoundExpression[],
): { draft: Draft; columns: readonly number[] } {
  const computed = keys.filter((key) => key.kind !== "column");
  let next = input.fields.length;
  const columns = keys.map((key) => (key.kind === "column" ? key.index : next++));
  if (computed.length === 0) return { draft: input, columns };
  const fields = [
    ...input.fields,
    ...computed.map((key, index): Field => ({ name: `$k${index}`, type: key.type })),
  ];
  const expressions = [...input.fields.keys()].map((index) => columnAt(input, index)).concat(computed);
  return { draft: addCalc(graph, input, { fields, expressions, condition: undefined }), columns };
}

function withoutKeyColumns(
  { graph }: Translator,
  joined: Draft,
  { left, type }: JoinParts,
  [leftCount, rightCount]: readonly [number, number],
): Draft {
  const hasRight = type !== "semi" && type !== "anti";
  const kept = [...Array(leftCount).keys()];
  if (hasRight) kept.push(...[...Array(rightCount).keys()].map((index) => index + left.fields.length));
  const fields = kept.map((index) => joined.fields[index] as Field);
  const expressions = kept.map((index) => columnAt(joined, index));
  return addCalc(graph, joined, { fields, expressions, condition: undefined });
}

/** The columns that come out, with NULLs where a side may be missing; time attributes only where rows keep their time. */
function outputFields({ left, right, type }: JoinParts, keepsTime: boolean): readonly Field[] {
  const side = (fields: readonly Field[], isOptional: boolean): readonly Field[] =>
    fields.map(({ name, type: own, time }) => ({
      name,
      type: isOptional ? { ...own, nullable: true } : own,
      ...(keepsTime && !isOptional && time !== undefined ? { time } : {}),
    }));
  const leftFields = side(left.fields, type === "right" || type === "full");
  if (type === "semi" || type === "anti") return leftFields;
  return [...leftFields, ...side(right.fields, type === "left" || type === "full")];
}

function joinText(parts: JoinParts): string {
  const { left, right, keys, rest, type } = parts;
  const fields = [...left.fields, ...right.fields];
  const equal = keys.left.map((column, index) => {
    const other = keys.right[index] ?? -1;
    const sign = keys.nullSafe[index] === true ? "IS NOT DISTINCT FROM" : "=";
    return `(${left.fields[column]?.name} ${sign} ${right.fields[other]?.name})`;
  });
  const where = [...equal, ...rest.map((condition) => expressionText(condition, fields))].join(" AND ");
  const names = { inner: "InnerJoin", left: "LeftOuterJoin", right: "RightOuterJoin", full: "FullOuterJoin" };
  const name = type === "semi" ? "LeftSemiJoin" : type === "anti" ? "LeftAntiJoin" : names[type];
  return `joinType=[${name}], where=[${where === "" ? "true" : where}]`;
}

function regularJoin({ graph }: Translator, parts: JoinParts): Draft {
  const { left, right, keys, rest, type } = parts;
  const condition = conjunction(rest);
  const inputs = [byKeys(left, keys.left), byKeys(right, keys.right)];
  return graph.add({
    fields: outputFields(parts, false),
    inputs,
    changes: joinChanges(parts),
    key: joinKey(parts),
    window: undefined,
    name: "Join",
    details: joinText(parts),
    operator: () => ({
      ...{ kind: "join", type, keys, condition },
      leftUpsertKey: left.key,
      rightUpsertKey: right.key,
    }),
  });
}

function joinChanges({ left, right, type }: JoinParts): Changes {
  // A row of a semi join goes when its last match does, also when that is only updated.
  if (type === "semi")
    return { updates: left.changes.updates, deletes: left.changes.deletes || !isInsertOnly(right.changes) };
  if (type === "inner")
    return {
      updates: left.changes.updates || right.changes.updates,
      deletes: left.changes.deletes || right.changes.deletes,
    };
  // An outer row, or one that matched nothing, is withdrawn when a match comes.
  if (type === "anti") return { updates: left.changes.updates, deletes: true };
  return { updates: left.changes.updates || right.changes.updates, deletes: true };
}

function joinKey({ left, right, type, keys }: JoinParts): readonly number[] | undefined {
  if (type === "semi" || type === "anti") return left.key;
  const isUnique = (side: Draft, columns: readonly number[]): boolean =>
    side.key?.every((column) => columns.includes(column)) === true;
  if (type === "inner" || type === "left") {
    // A row of a side that meets at most one of the other keeps its key.
    if (left.key !== undefined && isUnique(right, keys.right)) return left.key;
  }
  if (type === "inner" && right.key !== undefined && isUnique(left, keys.left))
    return right.key.map((column) => column + left.fields.length);
  if (type !== "inner" || left.key === undefined || right.key === undefined) return undefined;
  return [...left.key, ...right.key.map((column) => column + left.fields.length)];
}

function intervalJoin(
  { graph }: Translator,
  parts: JoinParts,
  bounds: { leftTimeColumn: number; rightTimeColumn: number; lowerMs: number; upperMs: number },
): Draft {
  const { left, right, keys, rest, type } = parts;
  checkAppend(parts, "Interval join");
  const { leftTimeColumn, rightTimeColumn, lowerMs, upperMs } = bounds;
  const isEventTime = left.fields[leftTimeColumn]?.time === "rowtime";
  const condition = conjunction(rest);
  return graph.add({
    fields: outputFields(parts, true),
    inputs: [byKeys(left, keys.left), byKeys(right, keys.right)],
    changes: insertOnly,
    key: undefined,
    window: undefined,
    name: "IntervalJoin",
    details:
      `windowBounds=[isRowTime=${isEventTime}, leftLowerBound=${lowerMs}, leftUpperBound=${upperMs}, ` +
      `leftTimeIndex=${leftTimeColumn}, rightTimeIndex=${rightTimeColumn}], ${joinText(parts)}`,
    operator: () => ({
      ...{ kind: "intervalJoin", type, keys, condition, leftTimeColumn, rightTimeColumn },
      ...{ lowerMs, upperMs, isEventTime },
    }),
  });
}

function checkAppend({ left, right }: JoinParts, what: string): void {
  const changing = [left, right].find(({ changes }) => !isInsertOnly(changes));
  if (changing !== undefined)
    throw notHere(`${what} over a changelog with updates or deletes (${changing.name})`);
}

interface JoinedWindows {
  readonly left: WindowColumns;
  readonly right: WindowColumns;
  /** Without the windows' bounds. */
  readonly keys: EquiKeys;
}

/** Windows of one shape on both sides, whose starts and ends are equal. */
function joinedWindows({ left, right, keys }: JoinParts): JoinedWindows | undefined {
  const [one, two] = [left.window, right.window];
  if (one?.start === undefined || one.end === undefined || two?.start === undefined || two.end === undefined)
    return undefined;
  if (one.shape !== two.shape || one.isEventTime !== two.isEventTime) return undefined;
  const has = (a: number, b: number): boolean =>
    keys.left.some((column, index) => column === a && keys.right[index] === b);
  if (!has(one.start, two.start) || !has(one.end, two.end)) return undefined;
  const bounds = [
    [one.start, two.start],
    [one.end, two.end],
    [one.time, two.time],
  ];
  const isBound = (index: number): boolean =>
    bounds.some(([left, right]) => keys.left[index] === left && keys.right[index] === right);
  const kept = [...keys.left.keys()].filter((index) => !isBound(index));
  return {
    left: one,
    right: two,
    keys: {
      left: kept.map((index) => keys.left[index] ?? -1),
      right: kept.map((index) => keys.right[index] ?? -1),
      nullSafe: kept.map((index) => keys.nullSafe[index] === true),
    },
  };
}

function windowJoin({ graph }: Translator, parts: JoinParts, windows: JoinedWindows): Draft {
  const { left, right, rest, type } = parts;
  checkAppend(parts, "Window join");
  const { keys } = windows;
  const source = ({ start = -1, end = -1, isEventTime, isLocalTime }: WindowColumns): WindowSource => ({
    ...{ kind: "columns", startColumn: start, endColumn: end, isEventTime, isLocalTime },
  });
  const condition = conjunction(rest);
  return graph.add({
    fields: outputFields(parts, true),
    inputs: [byKeys(left, keys.left), byKeys(right, keys.right)],
    changes: insertOnly,
    key: undefined,
    window: type === "right" || type === "full" ? undefined : windows.left,
    name: "WindowJoin",
    details:
      `leftWindow=[win_end=[${namesText([windows.left.end ?? -1], left.fields)}]], ` +
      `rightWindow=[win_end=[${namesText([windows.right.end ?? -1], right.fields)}]], ${joinText(parts)}`,
    operator: () => ({
      ...{ kind: "windowJoin", type, keys, condition },
      left: source(windows.left),
      right: source(windows.right),
    }),
  });
}
