import { type AttributeValue, type Item, type MutableItem, newItem } from "./attribute-value.ts";
import { toBuffer } from "./compare.ts";

/**
 * How an item lies on disk.
 *
 *   text   => json | "*" json
 *   json   => the item as it travels
 *   "*"    => bytes somewhere in the item are base64 and must be decoded
 */
export function encodeItem(item: Item): string {
  return hasBytes({ M: item }) ? `*${JSON.stringify(withTexts(item))}` : JSON.stringify(item);
}

export function decodeItem(text: string): Item {
  if (!text.startsWith("*")) return JSON.parse(text) as Item;
  return withBytes(JSON.parse(text.slice(1)) as Item);
}

function hasBytes(value: AttributeValue): boolean {
  if ("B" in value || "BS" in value) return true;
  if ("L" in value) return value.L.some(hasBytes);
  return "M" in value && Object.values(value.M).some(hasBytes);
}

function withTexts(item: Item): Readonly<Record<string, unknown>> {
  return mapValues(item, (value) => encodeValue(value) as AttributeValue);
}

function encodeValue(value: AttributeValue): unknown {
  if ("B" in value) return { B: toBuffer(value.B).toString("base64") };
  if ("BS" in value) return { BS: value.BS.map((bytes) => toBuffer(bytes).toString("base64")) };
  if ("M" in value) return { M: withTexts(value.M) };
  return "L" in value ? { L: value.L.map(encodeValue) } : value;
}

function withBytes(item: Item): Item {
  return mapValues(item, decodeValue);
}

function decodeValue(value: AttributeValue): AttributeValue {
  if ("B" in value) return { B: Buffer.from(value.B as unknown as string, "base64") };
  if ("BS" in value)
    return { BS: (value.BS as unknown as readonly string[]).map((text) => Buffer.from(text, "base64")) };
  if ("M" in value) return { M: withBytes(value.M) };
  return "L" in value ? { L: value.L.map(decodeValue) } : value;
}

function mapValues(item: Item, change: (value: AttributeValue) => AttributeValue): Item {
  const changed: MutableItem = newItem();
  for (const [name, value] of Object.entries(item)) changed[name] = change(value);
  return changed;
}
