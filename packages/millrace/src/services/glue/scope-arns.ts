import type { CatalogScope } from "../../kernels/catalog/index.ts";
import { catalogArn, databaseArn, tableArn } from "./arn.ts";

/**
 * The ARNs of a database and of tables in it: the catalogs above are resources of each call, too. In a catalog
 * with a name they are `database/<catalog>/<database>` and `table/<catalog>/<database>/<table>`.
 *
 * @param database in the spelling that it is kept in, as the tables are.
 */
export function arnsIn(scope: CatalogScope, database: string, tables: readonly string[] = []): string[] {
  const [account = "", ...rest] = scope.catalogId.split(":");
  const nested = rest.join(":");
  const owner = { account, region: scope.region };
  const placed = nested === "" ? database : `${nested}/${database}`;
  return [
    catalogArn(owner),
    ...(nested === "" ? [] : [catalogArn(owner, nested)]),
    databaseArn(owner, placed),
    ...tables.map((table) => tableArn(owner, placed, table)),
  ];
}

/** The ARN of a database alone. */
export function arnOfDatabase(scope: CatalogScope, database: string): string {
  return arnsIn(scope, database).at(-1) ?? "";
}
