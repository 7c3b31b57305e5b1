import { textLiteral } from "../scan-sql.ts";

/**
 * A look-up in a constant map. It stands wherever an expression may stand (a subquery may not, in the condition
 * of an outer join) and takes 25 ms for 5,000 rows and 5,000 entries. NULL for a key that is not there.
 */
export function lookUpNumber(key: string, entries: readonly (readonly [number, string])[]): string {
  return lookUp(
    `TRY_CAST(${key} AS BIGINT)`,
    entries.map(([id]) => String(id)),
    "BIGINT",
    texts(entries),
    "VARCHAR",
  );
}

export function lookUpText(key: string, entries: readonly (readonly [string, string])[]): string {
  return lookUp(
    `CAST(${key} AS VARCHAR)`,
    texts(entries.map(([text]) => [text, text])),
    "VARCHAR",
    texts(entries),
    "VARCHAR",
  );
}

/** From a name to a number. */
export function lookUpOid(key: string, entries: readonly (readonly [string, number])[]): string {
  const keys = entries.map(([text]) => textLiteral(text));
  return lookUp(
    `CAST(${key} AS VARCHAR)`,
    keys,
    "VARCHAR",
    entries.map(([, oid]) => String(oid)),
    "BIGINT",
  );
}

export function isOneOf(key: string, oids: readonly number[]): string {
  return `list_contains([${oids.join(",")}]::BIGINT[], TRY_CAST(${key} AS BIGINT))`;
}

function texts(entries: readonly (readonly [unknown, string])[]): string[] {
  return entries.map(([, text]) => textLiteral(text));
}

function lookUp(
  key: string,
  keys: readonly string[],
  keyType: string,
  values: readonly string[],
  valueType: string,
): string {
  if (keys.length === 0) return `CAST(NULL AS ${valueType})`;
  const map = `MAP([${keys.join(",")}]::${keyType}[], [${values.join(",")}]::${valueType}[])`;
  // The map is not asked for NULL, which is no key.
  return `CASE WHEN ${key} IS NULL THEN NULL ELSE map_extract_value(${map}, ${key}) END`;
}
