import type { CreateCatalogRequest, CreateCatalogResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { catalogArn } from "../arn.ts";
import { settingsFrom } from "../catalogs/catalog-document.ts";
import { alreadyExists, invalidInput } from "../errors.ts";
import type { GlueState } from "../state.ts";
import { checkTags } from "../tags/tag-table.ts";

export async function createCatalog(
  state: GlueState,
  input: Input<CreateCatalogRequest>,
  call: Call,
): Promise<CreateCatalogResponse> {
  const { account, region, receivedAt: createdMs } = call;
  const { Name: name } = input;
  if (/^\d{12}$/.test(name) || name.includes(":"))
    throw invalidInput("The name of a catalog must not be an account's id and must not contain a colon.");
  const settings = settingsFrom(input.CatalogInput);
  checkTags(input.Tags);
  const { table } = state.catalogs;
  await table.change(async () => {
    if (table.get(call, name) !== undefined) throw alreadyExists(`Catalog ${name} already exists.`);
    await table.put({ ...settings, account, region, name, createdMs, updatedMs: createdMs });
    await state.tags.replace(catalogArn(call, name), input.Tags);
  });
  return {};
}
