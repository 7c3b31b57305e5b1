import type { ListShape, MapShape, Shape, StructureShape } from "../model/shape.ts";
import { malformedQuery } from "./form.ts";
import { maxNesting } from "./serialization-error.ts";
import { parseText } from "./text-value.ts";

/** `Tags.member.1.Key=a` as a tree: Tags > member > 1 > Key. */
export interface QueryNode {
  value: string | undefined;
  readonly children: Map<string, QueryNode>;
}

/** Arranges the parameters of a form by the dots in their names. */
export function queryTree(pairs: readonly (readonly [string, string])[]): QueryNode {
  const root: QueryNode = { value: undefined, children: new Map() };
  for (const [name, value] of pairs) {
    const steps = name.split(".", maxNesting + 1);
    if (steps.length > maxNesting) throw malformedQuery();
    let node = root;
    for (const step of steps) {
      let next = node.children.get(step);
      if (next === undefined) {
        next = { value: undefined, children: new Map() };
        node.children.set(step, next);
      }
      node = next;
    }
    node.value = value;
  }
  return root;
}

export function readQueryStructure(shape: StructureShape, node: QueryNode): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const member of shape.members) {
    const child = node.children.get(member.traits.xmlName ?? member.name);
    if (child !== undefined) value[member.name] = readQuery(member.shape, child);
  }
  return value;
}

function readQuery(shape: Shape, node: QueryNode): unknown {
  switch (shape.kind) {
    case "structure":
      return readQueryStructure(shape, node);
    case "list":
      return readQueryList(shape, node);
    case "map":
      return readQueryMap(shape, node);
    default:
      return parseText(shape, node.value ?? "");
  }
}

/** `.member.1`, `.<name>.1` or, flattened, `.1`: clients of all kinds exist. An empty value is no element. */
function readQueryList(shape: ListShape, node: QueryNode): unknown[] {
  const name = shape.element.traits.xmlName ?? "member";
  const holder = node.children.get(name) ?? node.children.get("member") ?? node;
  return numbered(holder).map((child) => readQuery(shape.element.shape, child));
}

/** `.entry.1.key` and `.entry.1.value`. */
function readQueryMap(shape: MapShape, node: QueryNode): Record<string, unknown> {
  const values = Object.create(null) as Record<string, unknown>;
  for (const entry of numbered(node.children.get("entry") ?? node)) {
    const key = entry.children.get(shape.key.traits.xmlName ?? "key")?.value;
    const value = entry.children.get(shape.value.traits.xmlName ?? "value");
    if (key !== undefined && value !== undefined) values[key] = readQuery(shape.value.shape, value);
  }
  return values;
}

/** The children called 1, 2, ... in the order of their numbers; gaps are closed, as AWS does. */
function numbered(node: QueryNode): QueryNode[] {
  return [...node.children]
    .filter(([name]) => /^\d{1,9}$/.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}
