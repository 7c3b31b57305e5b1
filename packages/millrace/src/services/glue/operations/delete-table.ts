import type { DeleteTableRequest, DeleteTableResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { asked, notImplemented } from "../errors.ts";
import { tableInDatabaseOf } from "../lookup.ts";
import type { GlueState } from "../state.ts";

/** Deletes a table with its versions, partitions and indexes; of a resource link only the link. */
export async function deleteTable(
  state: GlueState,
  input: Input<DeleteTableRequest>,
  call: Call,
): Promise<DeleteTableResponse> {
  if (input.TransactionId !== undefined) throw notImplemented("transactions of governed tables");
  const { database, table } = tableInDatabaseOf(state, input, input.Name, call);
  await asked(state.catalog.tables.delete(database, table.name));
  return {};
}
