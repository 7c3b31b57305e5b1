import { validation } from "../errors.ts";
import { limits } from "../limits.ts";
import {
  type AttributeValue,
  attributeOf,
  type Item,
  type MutableItem,
  newItem,
  typeOf,
} from "../values/attribute-value.ts";
import { isSet, setKeys } from "../values/compare.ts";
import { addNumbers, negateNumber } from "../values/number.ts";
import { childOf, type Path, valueAt } from "./path.ts";
import type { Update, UpdateAction, UpdateValue } from "./update.ts";

/**
 * The item that an update makes of another, which stays as it is. All values are taken from the item as it was.
 * Elements that are removed leave a hole until the end, so that list indexes mean the list as it was.
 */
export function applyUpdate(update: Update, before: Item): Item {
  const after = newItem(before);
  const copied = new Set<string>();
  const lists = new Set<AttributeValue[]>();
  const outcomes = update.map((action) => ({ path: action.path, value: outcome(action, before) }));
  // Elements behind the end of a list are appended in the order of their indexes.
  outcomes.sort((a, b) => lastIndex(a.path) - lastIndex(b.path));
  for (const { path, value } of outcomes) {
    const [name] = path;
    const top = attributeOf(after, name);
    if (path.length > 1 && top !== undefined && !copied.has(name)) after[name] = copyOf(top);
    copied.add(name);
    place(after, path, value, lists);
  }
  for (const list of lists) list.splice(0, list.length, ...list.filter((element) => element !== hole));
  for (const name of copied) checkDepth(attributeOf(after, name), 0);
  return after;
}

const hole: AttributeValue = Object.freeze({ NULL: true });

function lastIndex(path: Path): number {
  const last = path.at(-1);
  return typeof last === "number" ? last : -1;
}

/** What will be at the action's path; undefined for nothing. */
function outcome(action: UpdateAction, item: Item): AttributeValue | undefined {
  switch (action.kind) {
    case "set":
      return copyOf(evaluate(action.value, item));
    case "remove":
      return undefined;
    case "add":
      return added(valueAt(item, action.path), action.value);
    default:
      return without(valueAt(item, action.path), action.value);
  }
}

function evaluate(value: UpdateValue, item: Item): AttributeValue {
  switch (value.kind) {
    case "value":
      return value.value;
    case "path": {
      const found = valueAt(item, value.path);
      if (found === undefined)
        throw validation("The provided expression refers to an attribute that does not exist in the item");
      return found;
    }
    case "if not exists":
      return valueAt(item, value.path) ?? evaluate(value.otherwise, item);
    case "list append": {
      const [left, right] = [evaluate(value.left, item), evaluate(value.right, item)];
      if (!("L" in left && "L" in right)) throw incorrectType();
      return { L: [...left.L, ...right.L] };
    }
    default: {
      const [left, right] = [evaluate(value.left, item), evaluate(value.right, item)];
      if (!("N" in left && "N" in right)) throw incorrectType();
      return { N: addNumbers(left.N, value.kind === "plus" ? right.N : negateNumber(right.N)) };
    }
  }
}

function incorrectType(): Error {
  return validation("An operand in the update expression has an incorrect data type");
}

function added(current: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if (current === undefined) return value;
  if (typeOf(current) !== typeOf(value)) throw incorrectType();
  if ("N" in current && "N" in value) return { N: addNumbers(current.N, value.N) };
  const known = new Set(setKeys(current));
  return setOf(current, value, (key) => !known.has(key));
}

/** A set without some elements; nothing when none is left. */
function without(current: AttributeValue | undefined, value: AttributeValue): AttributeValue | undefined {
  if (current === undefined) return undefined;
  if (typeOf(current) !== typeOf(value) || !isSet(typeOf(current))) throw incorrectType();
  const gone = new Set(setKeys(value));
  const rest = filtered(current, (key) => !gone.has(key));
  return setKeys(rest).length === 0 ? undefined : rest;
}

function setOf(
  current: AttributeValue,
  more: AttributeValue,
  keep: (key: string) => boolean,
): AttributeValue {
  const extra = filtered(more, keep);
  if ("SS" in current && "SS" in extra) return { SS: [...current.SS, ...extra.SS] };
  if ("NS" in current && "NS" in extra) return { NS: [...current.NS, ...extra.NS] };
  if ("BS" in current && "BS" in extra) return { BS: [...current.BS, ...extra.BS] };
  throw incorrectType();
}

function filtered(set: AttributeValue, keep: (key: string) => boolean): AttributeValue {
  const keys = setKeys(set);
  const kept = (_: unknown, index: number): boolean => keep(keys[index] ?? "");
  if ("SS" in set) return { SS: set.SS.filter(kept) };
  if ("NS" in set) return { NS: set.NS.filter(kept) };
  return "BS" in set ? { BS: set.BS.filter(kept) } : set;
}

function place(
  item: MutableItem,
  path: Path,
  value: AttributeValue | undefined,
  lists: Set<AttributeValue[]>,
): void {
  let parent: AttributeValue = { M: item };
  for (const part of path.slice(0, -1)) {
    const child = childOf(parent, part);
    if (child === undefined)
      throw validation("The document path provided in the update expression is invalid for update");
    parent = child;
  }
  const last = path.at(-1) ?? "";
  if (typeof last === "number" && "L" in parent)
    placeElement(parent.L as AttributeValue[], last, value, lists);
  else if (typeof last === "string" && "M" in parent) placeMember(parent.M as MutableItem, last, value);
  else throw validation("The document path provided in the update expression is invalid for update");
}

function placeElement(
  list: AttributeValue[],
  index: number,
  value: AttributeValue | undefined,
  lists: Set<AttributeValue[]>,
): void {
  if (value !== undefined) list[Math.min(index, list.length)] = value;
  else if (index < list.length) {
    list[index] = hole;
    lists.add(list);
  }
}

function placeMember(members: MutableItem, name: string, value: AttributeValue | undefined): void {
  if (value === undefined) delete members[name];
  else members[name] = value;
}

/** A copy whose lists and maps may be changed. */
function copyOf(value: AttributeValue): AttributeValue {
  if ("L" in value) return { L: value.L.map(copyOf) };
  if (!("M" in value)) return value;
  const members = newItem();
  for (const [name, member] of Object.entries(value.M)) members[name] = copyOf(member);
  return { M: members };
}

function checkDepth(value: AttributeValue | undefined, depth: number): void {
  if (value === undefined || !("L" in value || "M" in value)) return;
  if (depth >= limits.nestedLevels)
    throw validation(
      "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
    );
  for (const inner of "L" in value ? value.L : Object.values(value.M)) checkDepth(inner, depth + 1);
}
