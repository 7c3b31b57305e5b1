import type { CreateDatabaseRequest, CreateDatabaseResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { defaultPermissions } from "../database-output.ts";
import { asked, notImplemented } from "../errors.ts";
import { folded, scopeOf } from "../lookup.ts";
import type { GlueState } from "../state.ts";

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
  await asked(state.catalog.databases.create(scopeOf(input, call), folded(Name), created));
  return {};
}
