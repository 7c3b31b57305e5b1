import {
  type AttributeValue,
  attributeOf,
  type Item,
  type MutableItem,
  newItem,
} from "../values/attribute-value.ts";
import { ExpressionError } from "./lexer.ts";
import { childOf, type Path, pathConflict } from "./path.ts";
import type { Placeholders } from "./placeholders.ts";
import { TokenStream } from "./token-stream.ts";

/** Parses `path ("," path)*`. @throws ExpressionError */
export function parseProjection(text: string, placeholders: Placeholders): readonly Path[] {
  const tokens = new TokenStream(text, placeholders);
  const paths = [tokens.path()];
  while (tokens.skipSymbol(",")) paths.push(tokens.path());
  tokens.expectEnd();
  const conflict = pathConflict(paths);
  if (conflict !== undefined) throw new ExpressionError(conflict);
  return paths;
}

type Selection = Map<string | number, Selection>;

/** The parts of an item at the paths; elements that are left of a list move together. */
export function project(item: Item, paths: readonly Path[]): Item {
  const selection: Selection = new Map();
  for (const path of paths) {
    let node = selection;
    for (const part of path) {
      const next: Selection = node.get(part) ?? new Map();
      node.set(part, next);
      node = next;
    }
  }
  return selectMembers(item, selection);
}

function selectMembers(item: Item, selection: Selection): Item {
  const selected: MutableItem = newItem();
  for (const [part, inner] of selection) {
    const value = typeof part === "string" ? attributeOf(item, part) : undefined;
    const kept = value === undefined ? undefined : select(value, inner);
    if (kept !== undefined) selected[part] = kept;
  }
  return selected;
}

/** Undefined when nothing of the value is at one of the paths. */
function select(value: AttributeValue, selection: Selection): AttributeValue | undefined {
  if (selection.size === 0) return value;
  if ("M" in value) {
    const members = selectMembers(value.M, selection);
    return Object.keys(members).length === 0 ? undefined : { M: members };
  }
  const indexes = [...selection.keys()].filter((part) => typeof part === "number").sort((a, b) => a - b);
  const elements = indexes.flatMap((index) => {
    const element = childOf(value, index);
    return (element && select(element, selection.get(index) ?? new Map())) ?? [];
  });
  return elements.length === 0 ? undefined : { L: elements };
}
