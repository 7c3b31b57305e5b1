import type { Identifier } from "../ast/name.ts";
import type { Expression, FromItem } from "../ast/tree.ts";

/** Whether an item is an array of a table that stands before it: `c join c.orders o`. */
export function isPathFrom(left: FromItem, item: FromItem): boolean {
  if (item.kind === "path") {
    return isNamed(left, rootOf(item.expression)[0]);
  }
  return item.kind === "table" && item.name.parts.length > 1 && isNamed(left, item.name.parts[0]);
}

function rootOf(path: Expression): readonly Identifier[] {
  let root = path;
  while (root.kind === "subscript" || root.kind === "field") {
    root = root.base;
  }
  return root.kind === "reference" ? root.parts : [];
}

/** Whether an item, or one of those joined in it, has the name. */
function isNamed(item: FromItem, name: Identifier | undefined): boolean {
  let rest: FromItem = item;
  while (rest.kind === "join") {
    if (isNamed(rest.right, name)) {
      return true;
    }
    rest = rest.left;
  }
  return name !== undefined && ownName(rest)?.name === name.name;
}

function ownName(item: Exclude<FromItem, { kind: "join" }>): Identifier | undefined {
  switch (item.kind) {
    case "object-unpivot":
      return item.value;
    case "table":
      return item.alias ?? item.name.parts.at(-1);
    default:
      return item.alias;
  }
}
