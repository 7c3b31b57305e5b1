import type { Call, Frame, FrameBound, JsonBehavior, JsonCall, SortItem, Window } from "../ast/tree.ts";
import { BINDING } from "../parser/grammar.ts";
import { isNiladic, isReservedFunction } from "../parser/keywords.ts";
import { joined, nameText, type TextWriter } from "./text-writer.ts";
import { dataTypeText } from "./type-text.ts";

export function callText(writer: TextWriter, call: Call): string {
  return joined([
    plainText(writer, call),
    call.nulls === undefined ? "" : `${call.nulls.toUpperCase()} NULLS`,
    call.withinGroup === undefined ? "" : `WITHIN GROUP (ORDER BY ${writer.sortItems(call.withinGroup)})`,
    call.filter === undefined ? "" : `FILTER (WHERE ${writer.expression(call.filter)})`,
    call.over === undefined ? "" : `OVER ${windowText(writer, call.over)}`,
  ]);
}

function plainText(writer: TextWriter, call: Call): string {
  const special = specialText(writer, call);
  if (special !== undefined) {
    return special;
  }
  const items = call.star ? ["*"] : call.arguments.map((item) => writer.expression(item));
  const distinct = call.distinct ? "DISTINCT " : "";
  const order = call.orderBy.length === 0 ? "" : ` ORDER BY ${writer.sortItems(call.orderBy)}`;
  return `${functionName(call)}(${distinct}${items.join(", ")}${order})`;
}

/** Reserved words stay what they are where they are names of functions. */
function functionName({ name }: Call): string {
  const [only] = name.parts;
  if (
    only !== undefined &&
    name.parts.length === 1 &&
    !only.quoted &&
    isReservedFunction(only.name.toLowerCase())
  ) {
    return only.name;
  }
  return name.parts.map(nameText).join(".");
}

/** Forms with words between their arguments; undefined for all other calls. */
function specialText(writer: TextWriter, { name, arguments: items, star }: Call): string | undefined {
  const [only] = name.parts;
  const [first, second, third, fourth] = items;
  if (only === undefined || name.parts.length > 1 || only.quoted || star) {
    return undefined;
  }
  const text = writer.expression.bind(writer);
  if (first === undefined) {
    return isNiladic(only.name) ? only.name.toUpperCase() : undefined;
  }
  if (second === undefined) {
    return undefined;
  }
  switch (only.name) {
    case "extract":
      return `EXTRACT(${text(first)} FROM ${text(second)})`;
    case "floor":
    case "ceil":
    case "ceiling":
      return second.kind === "keyword"
        ? `${only.name.toUpperCase()}(${text(first)} TO ${text(second)})`
        : undefined;
    case "trim":
      return third === undefined ? undefined : `TRIM(${text(first)} ${text(second)} FROM ${text(third)})`;
    case "position": {
      const from = third === undefined ? "" : ` FROM ${text(third)}`;
      return `POSITION(${text(first, BINDING.multiset)} IN ${text(second)}${from})`;
    }
    case "overlay": {
      const length = fourth === undefined ? "" : ` FOR ${text(fourth)}`;
      return third === undefined
        ? undefined
        : `OVERLAY(${text(first)} PLACING ${text(second)} FROM ${text(third)}${length})`;
    }
    default:
      return undefined;
  }
}

/** Behind OVER, or behind AS of a named window. */
export function windowText(writer: TextWriter, { name, partitionBy, orderBy, frame }: Window): string {
  if (name !== undefined && partitionBy.length === 0 && orderBy.length === 0 && frame === undefined) {
    return nameText(name);
  }
  const parts = partitionBy.map((item) => writer.expression(item));
  const body = joined([
    name === undefined ? "" : nameText(name),
    parts.length === 0 ? "" : `PARTITION BY ${parts.join(", ")}`,
    orderBy.length === 0 ? "" : `ORDER BY ${writer.sortItems(orderBy)}`,
    frame === undefined ? "" : frameText(writer, frame),
  ]);
  return `(${body})`;
}

function frameText(writer: TextWriter, { unit, start, end }: Frame): string {
  const first = boundText(writer, start);
  const bounds = end === undefined ? first : `BETWEEN ${first} AND ${boundText(writer, end)}`;
  return `${unit.toUpperCase()} ${bounds}`;
}

/** The offset is no chain of AND: that would end the bound. */
const boundText = (writer: TextWriter, bound: FrameBound): string =>
  bound.kind === "preceding" || bound.kind === "following"
    ? `${writer.expression(bound.offset, BINDING.not)} ${bound.kind.toUpperCase()}`
    : bound.kind.toUpperCase();

export const sortText = (writer: TextWriter, items: readonly SortItem[]): string =>
  items
    .map(({ expression, descending, nulls }) =>
      joined([
        writer.expression(expression),
        descending && "DESC",
        nulls === undefined ? "" : `NULLS ${nulls.toUpperCase()}`,
      ]),
    )
    .join(", ");

export function jsonText(writer: TextWriter, call: JsonCall): string {
  const text = writer.expression.bind(writer);
  const entries = call.entries.map(({ key, value }) => `KEY ${text(key)} VALUE ${text(value)}`);
  const body = joined([
    [...call.arguments.map((item) => text(item)), ...entries].join(", "),
    call.returning === undefined ? "" : `RETURNING ${dataTypeText(call.returning)}`,
    wrapperText(call.wrapper),
    call.onEmpty === undefined ? "" : `${behaviorText(writer, call.onEmpty)} ON EMPTY`,
    call.onError === undefined ? "" : `${behaviorText(writer, call.onError)} ON ERROR`,
    call.onNull === undefined ? "" : `${call.onNull.toUpperCase()} ON NULL`,
  ]);
  const filter = call.filter === undefined ? "" : ` FILTER (WHERE ${text(call.filter)})`;
  return `${call.function.toUpperCase()}(${body})${filter}`;
}

function wrapperText(wrapper: JsonCall["wrapper"]): string {
  if (wrapper === undefined) {
    return "";
  }
  return wrapper === "without" ? "WITHOUT ARRAY WRAPPER" : `WITH ${wrapper.toUpperCase()} ARRAY WRAPPER`;
}

const behaviorText = (writer: TextWriter, behavior: JsonBehavior): string =>
  behavior.kind === "default" ? `DEFAULT ${writer.expression(behavior.value)}` : behavior.kind.toUpperCase();
