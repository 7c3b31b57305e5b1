import type { DeleteDatabaseRequest, DeleteDatabaseResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { asked } from "../errors.ts";
import { ownDatabaseOf } from "../lookup.ts";
import { arnOfDatabase } from "../scope-arns.ts";
import type { GlueState } from "../state.ts";

/** Deletes a database with all that is in it; of a resource link only the link. */
export async function deleteDatabase(
  state: GlueState,
  input: Input<DeleteDatabaseRequest>,
  call: Call,
): Promise<DeleteDatabaseResponse> {
  const { scope, database } = ownDatabaseOf(state, { ...input, DatabaseName: input.Name }, call);
  await asked(state.catalog.databases.delete(scope, database.name));
  await state.tags.forget(arnOfDatabase(scope, database.name));
  return {};
}
