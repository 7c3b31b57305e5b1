import type { DeleteCatalogRequest, DeleteCatalogResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { CatalogScope } from "../../../kernels/catalog/index.ts";
import { catalogArn } from "../arn.ts";
import { catalogNameOf } from "../catalogs/catalogs.ts";
import { invalidInput } from "../errors.ts";
import { limits } from "../limits.ts";
import { arnOfDatabase } from "../scope-arns.ts";
import type { GlueState } from "../state.ts";

/** Deletes a named catalog with its databases; these go first, so that a catalog of the name begins empty. */
export async function deleteCatalog(
  state: GlueState,
  input: Input<DeleteCatalogRequest>,
  call: Call,
): Promise<DeleteCatalogResponse> {
  const named = catalogNameOf(input.CatalogId, call);
  if (named.name === "") throw invalidInput("The default catalog of an account cannot be deleted.");
  const { table } = state.catalogs;
  await table.change(async () => {
    const document = state.catalogs.get(named);
    const scope = { catalogId: `${named.account}:${named.name}`, region: named.region };
    await emptyCatalog(state, scope);
    await table.remove([document]);
    await state.tags.forget(catalogArn(named, named.name));
    // A database may have been made before the catalog was gone.
    await emptyCatalog(state, scope);
  });
  return {};
}

async function emptyCatalog(state: GlueState, scope: CatalogScope): Promise<void> {
  for (;;) {
    const { items } = state.catalog.databases.list(scope, { limit: limits.databasesPerPage });
    if (items.length === 0) return;
    for (const { name } of items) {
      await state.catalog.databases.delete(scope, name);
      await state.tags.forget(arnOfDatabase(scope, name));
    }
  }
}
