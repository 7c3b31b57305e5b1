import type { UpdateCatalogRequest, UpdateCatalogResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { settingsFrom } from "../catalogs/catalog-document.ts";
import { catalogNameOf } from "../catalogs/catalogs.ts";
import type { GlueState } from "../state.ts";

/** Replaces all of a catalog but its name and the time of its creation. */
export async function updateCatalog(
  state: GlueState,
  input: Input<UpdateCatalogRequest>,
  call: Call,
): Promise<UpdateCatalogResponse> {
  const catalog = catalogNameOf(input.CatalogId, call);
  const settings = settingsFrom(input.CatalogInput);
  const { table } = state.catalogs;
  await table.change(async () => {
    const { account, region, name, createdMs } = state.catalogs.get(catalog);
    await table.put({ ...settings, account, region, name, createdMs, updatedMs: call.receivedAt });
  });
  return {};
}
