/** An attribute's value as it travels: exactly one member says type and value. Numbers are canonical texts. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: Uint8Array }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly Uint8Array[] }
  | { readonly M: Item }
  | { readonly L: readonly AttributeValue[] }
  | { readonly NULL: true }
  | { readonly BOOL: boolean };

/** Attributes by name. Names are the clients': look them up with `attributeOf`, make objects with `newItem`. */
export type Item = Readonly<Record<string, AttributeValue>>;
export type MutableItem = Record<string, AttributeValue>;

export type TypeName = "S" | "N" | "B" | "SS" | "NS" | "BS" | "M" | "L" | "NULL" | "BOOL";
export type ScalarType = "S" | "N" | "B";

export function typeOf(value: AttributeValue): TypeName {
  for (const name in value) return name as TypeName;
  return "NULL";
}

/** An attribute that the item has itself, whatever its name: `constructor`, too. */
export function attributeOf(item: Item, name: string): AttributeValue | undefined {
  return Object.hasOwn(item, name) ? item[name] : undefined;
}

/** A copy that may be changed, and in which `__proto__` is a name like any other. */
export function newItem(item?: Item): MutableItem {
  return Object.assign(Object.create(null) as MutableItem, item);
}
