import type { QualifiedName } from "../../../sql/redshift/ast/name.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { CatalogView } from "../catalog/catalog-view.ts";
import type { RelationRecord, SchemaRecord } from "../catalog/records.ts";

export interface NameParts {
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly name: string;
}

/** @throws SqlError 42601 for more than three parts */
export function nameParts({ parts, span }: QualifiedName): NameParts {
  const names = parts.map(({ name }) => name);
  const name = names.at(-1);
  if (name === undefined || names.length > 3)
    throw new SqlError("42601", `improper qualified name (too many dotted names): ${names.join(".")}`, {
      position: span.start,
    });
  return { database: names.at(-3), schema: names.at(-2), name };
}

export function unknownSchema(name: string): SqlError {
  return new SqlError("3F000", `schema "${name}" does not exist`);
}

/** Schemas of the search path that exist, in its order. */
export function pathSchemas(view: CatalogView, searchPath: readonly string[]): readonly SchemaRecord[] {
  return searchPath.map((name) => view.schema(name)).filter((schema) => schema !== undefined);
}

/** By name in a schema, or as the search path finds it: temporary tables first. */
export function findRelation(
  view: CatalogView,
  searchPath: readonly string[],
  schema: string | undefined,
  name: string,
): RelationRecord | undefined {
  if (schema !== undefined) {
    const record = view.schema(schema);
    if (record === undefined) throw unknownSchema(schema);
    return view.relation(record.oid, name);
  }
  const temporary = view.relation(view.temporarySchema.oid, name);
  if (temporary !== undefined) return temporary;
  for (const { oid } of pathSchemas(view, searchPath)) {
    const found = view.relation(oid, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
