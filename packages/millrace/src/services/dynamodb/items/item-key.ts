import { invalidParameter, keyMismatch, validation } from "../errors.ts";
import { limits } from "../limits.ts";
import type { KeyNames, TableDocument } from "../tables/document.ts";
import {
  type AttributeValue,
  attributeOf,
  type Item,
  type MutableItem,
  newItem,
  typeOf,
} from "../values/attribute-value.ts";
import { encodeHashKey, encodeScalar, type ItemKey, noBytes } from "../values/key-bytes.ts";

/** Where an item belongs. Refuses one whose key attributes are missing or of another type. */
export function keyOfItem({ keys, attributes }: TableDocument, item: Item): ItemKey {
  return encodeKey(keys, (name) => {
    const value = attributeOf(item, name);
    if (value === undefined) throw invalidParameter(`Missing the key ${name} in the item`);
    if (typeOf(value) !== attributes[name])
      throw invalidParameter(
        `Type mismatch for key ${name} expected: ${attributes[name]} actual: ${typeOf(value)}`,
      );
    return value;
  });
}

/** Where the item of a key is. A key has the key attributes and no others. */
export function keyOfKey({ keys, attributes }: TableDocument, key: Item): ItemKey {
  if (Object.keys(key).length !== keyNames(keys).length) throw keyMismatch();
  return encodeKey(keys, (name) => {
    const value = attributeOf(key, name);
    if (value === undefined || typeOf(value) !== attributes[name]) throw keyMismatch();
    return value;
  });
}

function encodeKey(keys: KeyNames, valueAt: (name: string) => AttributeValue): ItemKey {
  const hash = valueAt(keys.hash);
  const range = keys.range === undefined ? undefined : valueAt(keys.range);
  checkNotEmpty(keys.hash, hash);
  if (keys.range !== undefined && range !== undefined) checkNotEmpty(keys.range, range);
  const key = { hash: encodeHashKey(hash), range: range === undefined ? noBytes : encodeScalar(range) };
  if (scalarBytes(hash) > limits.hashKeyBytes)
    throw invalidParameter(
      `Size of hashkey has exceeded the maximum size limit of${limits.hashKeyBytes} bytes`,
    );
  if (key.range.length > limits.rangeKeyBytes)
    throw invalidParameter(
      `Aggregated size of all range keys has exceeded the size limit of ${limits.rangeKeyBytes} bytes`,
    );
  return key;
}

function scalarBytes(value: AttributeValue): number {
  if ("S" in value) return Buffer.byteLength(value.S);
  return "B" in value ? value.B.length : 0;
}

function checkNotEmpty(name: string, value: AttributeValue): void {
  const kind = emptyKind(value);
  if (kind !== undefined)
    throw validation(
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an " +
        `empty ${kind} value. Key: ${name}`,
    );
}

function emptyKind(value: AttributeValue): string | undefined {
  if ("S" in value && value.S === "") return "string";
  return "B" in value && value.B.length === 0 ? "binary" : undefined;
}

/** Refuses an item whose attributes could not be keys of the table's indexes. */
export function checkIndexKeys({ indexes, attributes }: TableDocument, item: Item): void {
  for (const { name: index, keys } of indexes)
    for (const name of keyNames(keys)) {
      const value = attributeOf(item, name);
      if (value === undefined) continue;
      if (typeOf(value) !== attributes[name])
        throw invalidParameter(
          `Type mismatch for Index Key ${name} Expected: ${attributes[name]} Actual: ${typeOf(value)} IndexName: ${index}`,
        );
      const kind = emptyKind(value);
      if (kind !== undefined)
        throw validation(
          "One or more parameter values are not valid. A value specified for a secondary index key is not supported. " +
            `The AttributeValue for a key attribute cannot contain an empty ${kind} value. IndexName: ${index}, IndexKey: ${name}`,
        );
      if (scalarBytes(value) > (name === keys.hash ? limits.hashKeyBytes : limits.rangeKeyBytes))
        throw invalidParameter(
          `Size of index key ${name} has exceeded the maximum size limit. IndexName: ${index}`,
        );
    }
}

export function keyNames({ hash, range }: KeyNames): readonly string[] {
  return range === undefined ? [hash] : [hash, range];
}

/** An item's attributes of the given names. */
export function pick(item: Item, names: readonly string[]): Item {
  const picked: MutableItem = newItem();
  for (const name of names) {
    const value = attributeOf(item, name);
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
