import type { CreateDatabaseRequest, CreateDatabaseResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { catalogNameOf } from "../catalogs/catalogs.ts";
import { defaultPermissions } from "../database-output.ts";
import { asked, notImplemented } from "../errors.ts";
import { folded, scopeOf } from "../lookup.ts";
import { checkDatabaseLink } from "../resource-link.ts";
import { arnOfDatabase } from "../scope-arns.ts";
import type { GlueState } from "../state.ts";
import { checkTags } from "../tags/tag-table.ts";

/** Creates a database, or a resource link to one. */
export async function createDatabase(
  state: GlueState,
  input: Input<CreateDatabaseRequest>,
  call: Call,
): Promise<CreateDatabaseResponse> {
  const { Name, FederatedDatabase, ...definition } = input.DatabaseInput;
  if (FederatedDatabase !== undefined) throw notImplemented("federated databases");
  const { CreateTableDefaultPermissions = defaultPermissions, ...rest } = definition;
  const created = { ...rest, CreateTableDefaultPermissions };
  checkTags(input.Tags);
  const scope = scopeOf(input, call);
  // A catalog with a name must have been created.
  state.catalogs.get(catalogNameOf(input.CatalogId, call));
  checkDatabaseLink(state, { scope, name: Name, definition: created }, call);
  await asked(state.catalog.databases.create(scope, folded(Name), created));
  await state.tags.replace(arnOfDatabase(scope, folded(Name)), input.Tags);
  return {};
}
