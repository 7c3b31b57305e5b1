import type { UpdateDatabaseRequest, UpdateDatabaseResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { defaultPermissions } from "../database-output.ts";
import { asked, invalidInput, notImplemented } from "../errors.ts";
import { databaseOf, folded } from "../lookup.ts";
import type { GlueState } from "../state.ts";

/** Replaces all of a database but its name. */
export async function updateDatabase(
  state: GlueState,
  input: Input<UpdateDatabaseRequest>,
  call: Call,
): Promise<UpdateDatabaseResponse> {
  const { Name, FederatedDatabase, ...definition } = input.DatabaseInput;
  if (FederatedDatabase !== undefined) throw notImplemented("federated databases");
  if (folded(Name) !== folded(input.Name)) throw invalidInput("Database cannot be renamed");
  const { scope, database } = databaseOf(state, { ...input, DatabaseName: input.Name }, call);
  if ((definition.TargetDatabase === undefined) !== (database.definition.TargetDatabase === undefined))
    throw invalidInput("A database cannot become a resource link, nor a resource link a database.");
  const { CreateTableDefaultPermissions = database.definition.CreateTableDefaultPermissions, ...rest } =
    definition;
  const updated = {
    ...rest,
    CreateTableDefaultPermissions: CreateTableDefaultPermissions ?? defaultPermissions,
  };
  await asked(state.catalog.databases.update(scope, database.name, updated));
  return {};
}
