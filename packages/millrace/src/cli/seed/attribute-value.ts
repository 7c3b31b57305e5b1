/** A JSON value as DynamoDB writes it: `"a"` is `{ "S": "a" }`. */
export function attributeValue(value: unknown): unknown {
  if (value === null) return { NULL: true };
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: String(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(attributeValue) };
  return {
    M: Object.fromEntries(
      Object.entries(value as object).map(([key, member]) => [key, attributeValue(member)]),
    ),
  };
}
