import { type AttributeValue, attributeOf, type Item, type TypeName, typeOf } from "./attribute-value.ts";
import { compareNumbers } from "./number.ts";

/** Whether two values are the same, sets whatever the order of their elements. */
export function valuesEqual(a: AttributeValue, b: AttributeValue): boolean {
  if ("S" in a) return "S" in b && a.S === b.S;
  if ("N" in a) return "N" in b && a.N === b.N;
  if ("B" in a) return "B" in b && bytesEqual(a.B, b.B);
  if ("BOOL" in a) return "BOOL" in b && a.BOOL === b.BOOL;
  if ("NULL" in a) return "NULL" in b;
  if ("M" in a) return "M" in b && itemsEqual(a.M, b.M);
  if ("L" in a) return "L" in b && a.L.length === b.L.length && a.L.every((item, i) => equalTo(item, b.L[i]));
  if (typeOf(a) !== typeOf(b)) return false;
  const [left, right] = [setKeys(a), setKeys(b)];
  const known = new Set(right);
  return left.length === right.length && left.every((key) => known.has(key));
}

function equalTo(a: AttributeValue, b: AttributeValue | undefined): boolean {
  return b !== undefined && valuesEqual(a, b);
}

function itemsEqual(a: Item, b: Item): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => sameAttribute(a, b, name));
}

/** Whether an attribute is the same in both, or in neither. */
function sameAttribute(a: Item, b: Item, name: string): boolean {
  const [left, right] = [attributeOf(a, name), attributeOf(b, name)];
  return left === undefined ? right === undefined : equalTo(left, right);
}

/** Below zero when `a < b`; undefined when the two have no order, because of their types. */
export function compareValues(a: AttributeValue, b: AttributeValue): number | undefined {
  if ("N" in a) return "N" in b ? compareNumbers(a.N, b.N) : undefined;
  if ("S" in a) return "S" in b ? compareTexts(a.S, b.S) : undefined;
  if ("B" in a) return "B" in b ? Buffer.compare(a.B, b.B) : undefined;
  return undefined;
}

/** In the order of their UTF-8 bytes, which is not that of JavaScript where surrogates are concerned. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Texts that are equal when elements of a set are. */
export function setKeys(value: AttributeValue): readonly string[] {
  if ("SS" in value) return value.SS;
  if ("NS" in value) return value.NS;
  if ("BS" in value) return value.BS.map((bytes) => toBuffer(bytes).toString("latin1"));
  return [];
}

export function isSet(type: TypeName): boolean {
  return type === "SS" || type === "NS" || type === "BS";
}

/** `contains`: a part of a text or of bytes, or an element of a set or of a list. */
export function containsValue(whole: AttributeValue, part: AttributeValue): boolean {
  if ("S" in whole) return "S" in part && whole.S.includes(part.S);
  if ("B" in whole) return "B" in part && toBuffer(whole.B).includes(toBuffer(part.B));
  if ("SS" in whole) return "S" in part && whole.SS.includes(part.S);
  if ("NS" in whole) return "N" in part && whole.NS.includes(part.N);
  if ("BS" in whole) return "B" in part && whole.BS.some((bytes) => bytesEqual(bytes, part.B));
  return "L" in whole && whole.L.some((item) => valuesEqual(item, part));
}

/** `begins_with`, for texts and bytes. */
export function beginsWith(whole: AttributeValue, prefix: AttributeValue): boolean {
  if ("S" in whole) return "S" in prefix && whole.S.startsWith(prefix.S);
  if (!("B" in whole && "B" in prefix)) return false;
  return bytesEqual(whole.B.subarray(0, prefix.B.length), prefix.B);
}

/** What `size` says of a value; undefined for types that have no size. */
export function sizeOf(value: AttributeValue): number | undefined {
  if ("S" in value) return Buffer.byteLength(value.S);
  if ("B" in value) return value.B.length;
  if ("M" in value) return Object.keys(value.M).length;
  if ("L" in value) return value.L.length;
  const type = typeOf(value);
  return isSet(type) ? setKeys(value).length : undefined;
}

function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

export function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
