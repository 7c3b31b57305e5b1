import { ServiceError } from "../../../core/errors.ts";
import { validation } from "../errors.ts";
import type { IndexDocument, TableDocument } from "../tables/document.ts";
import { attributeOf, type Item, typeOf } from "../values/attribute-value.ts";
import { checkItem } from "../values/check-value.ts";
import { encodeHashKey, encodeScalar, type ItemKey, noBytes } from "../values/key-bytes.ts";
import { keyNames, keyOfKey, pick } from "./item-key.ts";
import { positionNames } from "./page.ts";
import type { Position } from "./row-reader.ts";

/** The position that an `ExclusiveStartKey` names; it has the attributes of a `LastEvaluatedKey`. */
export function startPosition(
  raw: unknown,
  document: TableDocument,
  index: IndexDocument | undefined,
): Position | undefined {
  if (raw === undefined) return undefined;
  const start = checkedStart(raw);
  const names = positionNames(document, index);
  const isComplete =
    Object.keys(start).length === names.length &&
    names.every((name) => {
      const value = attributeOf(start, name);
      return value !== undefined && typeOf(value) === document.attributes[name];
    });
  if (!isComplete)
    throw validation(
      index === undefined
        ? "The provided starting key is invalid: The provided key element does not match the schema"
        : "The provided starting key is invalid",
    );
  const key = keyOfKey(document, pick(start, keyNames(document.keys)));
  return index === undefined ? { key } : { key, entry: entryOf(start, index) };
}

function checkedStart(raw: unknown): Item {
  try {
    return checkItem(raw);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw validation(`The provided starting key is invalid: ${error.message}`);
  }
}

function entryOf(start: Item, { keys }: IndexDocument): ItemKey {
  const hash = attributeOf(start, keys.hash);
  const range = keys.range === undefined ? undefined : attributeOf(start, keys.range);
  return {
    hash: hash === undefined ? noBytes : encodeHashKey(hash),
    range: range === undefined ? noBytes : encodeScalar(range),
  };
}
