import type { Call } from "../../gateway/call.ts";
import { catalogArn, functionArn } from "./arn.ts";
import { catalogNameOf } from "./catalogs/catalogs.ts";
import type { Owner } from "./document-table.ts";
import { folded, type InCatalog, type InDatabase, scopeOf } from "./lookup.ts";
import { arnsIn } from "./scope-arns.ts";
import type { GlueState } from "./state.ts";

/** The owner of the catalog that a call is about: `123456789012`, or that of `123456789012:nested`. */
export function ownerOf(input: InCatalog, call: Call): Owner {
  const { account, region } = catalogNameOf(input.CatalogId, call);
  return { account, region };
}

/** The ARNs of a call on a catalog. */
export const onCatalog = {
  resources: (_state: GlueState, input: InCatalog, call: Call): readonly string[] => [
    catalogArn(ownerOf(input, call)),
  ],
} as const;

/** The ARNs of a call on databases: the catalog is a resource of it, too. */
export const onDatabase = (name: string, input: InCatalog, call: Call): readonly string[] =>
  arnsIn(scopeOf(input, call), folded(name));

/** The ARNs of a call on tables: the catalog and the database are resources of it, too. */
export const onTables = (
  database: string,
  tables: readonly string[],
  input: InCatalog,
  call: Call,
): readonly string[] => arnsIn(scopeOf(input, call), folded(database), tables.map(folded));

/** The ARNs of a call on one table, which the input names. */
export const onTableName = {
  resources: (
    _state: GlueState,
    input: InDatabase & { readonly TableName: string },
    call: Call,
  ): readonly string[] => onTables(input.DatabaseName, [input.TableName], input, call),
} as const;

/** The ARNs of a database with all that is in it, for a call that deletes it. */
export const onDatabaseContents = (name: string, input: InCatalog, call: Call): readonly string[] => [
  ...onTables(name, ["*"], input, call),
  functionArn(ownerOf(input, call), folded(name), "*"),
];
