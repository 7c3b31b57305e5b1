import type { AttributeValue, Item } from "./attribute-value.ts";

/** Bytes that an empty list or map takes, and each element of one. */
const collectionBytes = 3;
const elementBytes = 1;

/** The size of an item by DynamoDB's published rules: names and values, numbers two digits a byte. */
export function itemSize(item: Item): number {
  let bytes = 0;
  for (const name of Object.keys(item)) {
    const value = item[name];
    if (value !== undefined) bytes += Buffer.byteLength(name) + valueSize(value);
  }
  return bytes;
}

function valueSize(value: AttributeValue): number {
  if ("S" in value) return Buffer.byteLength(value.S);
  if ("N" in value) return numberSize(value.N);
  if ("B" in value) return value.B.length;
  if ("M" in value) return collectionBytes + itemSize(value.M) + elementBytes * Object.keys(value.M).length;
  if ("L" in value)
    return value.L.reduce((sum, item) => sum + valueSize(item) + elementBytes, collectionBytes);
  if ("SS" in value) return value.SS.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if ("NS" in value) return value.NS.reduce((sum, text) => sum + numberSize(text), 0);
  if ("BS" in value) return value.BS.reduce((sum, bytes) => sum + bytes.length, 0);
  return 1;
}

function numberSize(text: string): number {
  const negative = text.startsWith("-") ? 1 : 0;
  const digits = text.replace(/[-.]/g, "").replace(/^0+|0+$/g, "").length;
  return Math.ceil(digits / 2) + 1 + negative;
}
