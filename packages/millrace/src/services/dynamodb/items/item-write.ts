import { conditionFailed, invalidParameter, itemTooLarge, validation } from "../errors.ts";
import { applyUpdate } from "../expressions/apply-update.ts";
import type { Condition } from "../expressions/condition.ts";
import { holds } from "../expressions/evaluate.ts";
import type { Update } from "../expressions/update.ts";
import { limits } from "../limits.ts";
import type { Table } from "../tables/table.ts";
import { attributeOf, type Item, newItem } from "../values/attribute-value.ts";
import { checkItem } from "../values/check-value.ts";
import { itemSize } from "../values/item-size.ts";
import type { ItemKey } from "../values/key-bytes.ts";
import type { ItemIndex } from "./item-index.ts";
import { checkIndexKeys, keyNames, keyOfItem, keyOfKey } from "./item-key.ts";

/** One write that has been checked as far as that is possible without the item. */
export interface ItemWrite {
  readonly table: Table;
  readonly key: ItemKey;
  readonly condition: Condition | undefined;
  /** Whether a refused caller gets the item that refused it. */
  readonly returnsOldOnFailure: boolean;
  /** The item that will be there; undefined for none. */
  next(before: Item | undefined): Item | undefined;
}

interface WriteConditions {
  readonly condition: Condition | undefined;
  readonly returnsOldOnFailure: boolean;
}

export function putWrite(table: Table, rawItem: unknown, conditions: WriteConditions): ItemWrite {
  const item = checkItem(rawItem);
  const key = keyOfItem(table.document, item);
  if (itemSize(item) > limits.itemBytes) throw itemTooLarge();
  checkIndexKeys(table.document, item);
  return { table, key, ...conditions, next: () => item };
}

export function deleteWrite(table: Table, rawKey: unknown, conditions: WriteConditions): ItemWrite {
  const key = keyOfKey(table.document, checkItem(rawKey));
  return { table, key, ...conditions, next: () => undefined };
}

/** A write that leaves the item as it is: a transaction's condition check. */
export function checkWrite(table: Table, rawKey: unknown, conditions: WriteConditions): ItemWrite {
  const key = keyOfKey(table.document, checkItem(rawKey));
  return { table, key, ...conditions, next: (before) => before };
}

export function updateWrite(
  table: Table,
  rawKey: unknown,
  update: Update,
  conditions: WriteConditions,
): ItemWrite {
  const keyItem = checkItem(rawKey);
  const key = keyOfKey(table.document, keyItem);
  const names = keyNames(table.document.keys);
  for (const { path } of update)
    if (names.includes(path[0]))
      throw invalidParameter(`Cannot update attribute ${path[0]}. This attribute is part of the key`);
  const next = (before: Item | undefined): Item | undefined => {
    // An update that only removes makes no item, though one that says nothing at all does.
    if (before === undefined && update.length > 0 && update.every(isRemoval)) return undefined;
    const after = applyUpdate(update, before ?? newItem(keyItem));
    if (itemSize(after) > limits.itemBytes)
      throw validation("Item size to update has exceeded the maximum allowed size");
    checkUpdatedIndexKeys(table, update, after);
    return after;
  };
  return { table, key, ...conditions, next };
}

function isRemoval({ kind }: Update[number]): boolean {
  return kind === "remove" || kind === "delete";
}

function checkUpdatedIndexKeys(table: Table, update: Update, after: Item): void {
  const changed = new Set(update.map(({ path }) => path[0]));
  const concerned = table.document.indexes.filter(({ keys }) =>
    keyNames(keys).some((name) => changed.has(name) && attributeOf(after, name) !== undefined),
  );
  if (concerned.length > 0) checkIndexKeys({ ...table.document, indexes: concerned }, after);
}

/** What a write will do, once the item has been looked at and its condition holds. */
export interface DecidedWrite {
  readonly write: ItemWrite;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** Looks at the item. @throws ServiceError when the condition does not hold. */
export function decide(write: ItemWrite): DecidedWrite {
  const before = write.table.items.get(write.key);
  if (write.condition !== undefined && !holds(write.condition, before))
    throw conditionFailed(write.returnsOldOnFailure ? before : undefined);
  return { write, before, after: write.next(before) };
}

/** Writes what was decided, in the same turn. Answers the indexes that were written. */
export function perform({ write, before, after }: DecidedWrite): readonly ItemIndex[] {
  return before === after ? [] : write.table.items.put(write.key, before, after);
}
