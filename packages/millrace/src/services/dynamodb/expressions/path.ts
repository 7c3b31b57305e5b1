import { type AttributeValue, attributeOf, type Item } from "../values/attribute-value.ts";

/** Attribute and map names, and list indexes, from the top of an item. */
export type Path = readonly [string, ...(string | number)[]];

/** What lies at a path, if anything does. */
export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  let value = attributeOf(item, path[0]);
  for (let depth = 1; depth < path.length && value !== undefined; depth++)
    value = childOf(value, path[depth] as string | number);
  return value;
}

export function childOf(value: AttributeValue, part: string | number): AttributeValue | undefined {
  if (typeof part === "number") return "L" in value ? value.L[part] : undefined;
  return "M" in value ? attributeOf(value.M, part) : undefined;
}

/** As AWS prints it in errors: `[a, b, [0]]`. */
export function printPath(path: Path): string {
  return `[${path.map((part) => (typeof part === "number" ? `[${part}]` : part)).join(", ")}]`;
}

export function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}

/**
 * What is wrong with paths that are used together: one lies within another, or two of them cannot be in the
 * same item, as one takes for a list what the other takes for a map.
 */
export function pathConflict(paths: readonly Path[]): string | undefined {
  const root: PathNode = { path: undefined, children: new Map() };
  for (const path of paths) {
    const wrong = place(root, path);
    if (wrong !== undefined)
      return (
        `Two document paths ${wrong.what} with each other; must remove or rewrite one of these paths; ` +
        `path one: ${printPath(wrong.other)}, path two: ${printPath(path)}`
      );
  }
  return undefined;
}

interface PathNode {
  path: Path | undefined;
  readonly children: Map<string | number, PathNode>;
}

interface Conflict {
  readonly what: "overlap" | "conflict";
  readonly other: Path;
}

function place(root: PathNode, path: Path): Conflict | undefined {
  let node = root;
  for (const part of path) {
    if (node.path !== undefined) return { what: "overlap", other: node.path };
    const [sibling] = node.children.keys();
    if (sibling !== undefined && typeof sibling !== typeof part)
      return { what: "conflict", other: firstPath(node) ?? path };
    let child = node.children.get(part);
    if (child === undefined) {
      child = { path: undefined, children: new Map() };
      node.children.set(part, child);
    }
    node = child;
  }
  const other = firstPath(node);
  if (other !== undefined) return { what: "overlap", other };
  node.path = path;
  return undefined;
}

function firstPath(node: PathNode): Path | undefined {
  let current: PathNode | undefined = node;
  while (current !== undefined && current.path === undefined) [current] = current.children.values();
  return current?.path;
}
