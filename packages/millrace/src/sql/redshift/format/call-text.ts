import type { Call, Frame, FrameBound, SortItem, Window } from "../ast/tree.ts";
import { BINDING } from "../parser/grammar.ts";
import { isNiladic } from "../parser/keywords.ts";
import { pathText } from "./name-text.ts";
import type { TextWriter } from "./text-writer.ts";

/** `(a, b) overlaps (c, d)` */
export function isOverlaps(call: Call): boolean {
  const { parts } = call.name;
  return parts.length === 1 && parts[0]?.name === "overlaps" && call.arguments.length === 4;
}

/** `extract(year from x)` has no other form. */
function isExtract({ name: { parts }, arguments: items }: Call): boolean {
  return parts.length === 1 && parts[0]?.name === "extract" && !parts[0].quoted && items.length === 2;
}

export function callText(writer: TextWriter, call: Call): string {
  const items = call.arguments.map((item) => writer.expression(item));
  if (isOverlaps(call)) {
    return `(${items[0]}, ${items[1]}) overlaps (${items[2]}, ${items[3]})`;
  }
  if (isExtract(call)) return `extract(${items.join(" from ")})`;
  const [first, second] = call.name.parts;
  if (first?.name === "array[]" && second === undefined) {
    return call.arguments[0]?.kind === "scalar-query" && items.length === 1
      ? `array${items[0]}`
      : `array[${items.join(", ")}]`;
  }
  if (first !== undefined && second === undefined && !first.quoted && isNiladic(first.name)) {
    return items.length === 0 ? first.name : `${first.name}(${items.join(", ")})`;
  }
  const distinct = call.distinct ? "distinct " : "";
  const list = call.star ? "*" : `${distinct}${items.join(", ")}`;
  const head = `${call.approximate ? "approximate " : ""}${functionName(call)}(${list})`;
  return `${head}${tailText(writer, call)}`;
}

/** Functions whose names are reserved words stand without quotes before a bracket. */
function functionName({ name }: Call): string {
  const [first] = name.parts;
  return name.parts.length === 1 && first !== undefined && !first.quoted && /^[a-z_][\w$]*$/.test(first.name)
    ? first.name
    : pathText(name.parts);
}

function tailText(writer: TextWriter, { withinGroup, nulls, over }: Call): string {
  const group = withinGroup === undefined ? "" : ` within group (order by ${sortText(writer, withinGroup)})`;
  const nullRule = nulls === undefined ? "" : ` ${nulls} nulls`;
  return `${group}${nullRule}${over === undefined ? "" : ` ${windowText(writer, over)}`}`;
}

function windowText(writer: TextWriter, { partitionBy, orderBy, frame }: Window): string {
  const parts = partitionBy.map((item) => writer.expression(item)).join(", ");
  const clauses = [
    parts === "" ? "" : `partition by ${parts}`,
    orderBy.length === 0 ? "" : `order by ${sortText(writer, orderBy)}`,
    frame === undefined ? "" : frameText(writer, frame),
  ];
  return `over (${clauses.filter((clause) => clause !== "").join(" ")})`;
}

function frameText(writer: TextWriter, { unit, start, end }: Frame): string {
  return end === undefined
    ? `${unit} ${boundText(writer, start)}`
    : `${unit} between ${boundText(writer, start)} and ${boundText(writer, end)}`;
}

function boundText(writer: TextWriter, bound: FrameBound): string {
  return "offset" in bound ? `${writer.expression(bound.offset, BINDING.not)} ${bound.kind}` : bound.kind;
}

export function sortText(writer: TextWriter, items: readonly SortItem[]): string {
  const texts = items.map(({ expression, descending, nulls }) => {
    const order = descending ? " desc" : "";
    return `${writer.expression(expression)}${order}${nulls === undefined ? "" : ` nulls ${nulls}`}`;
  });
  return texts.join(", ");
}
