import type { BatchDeleteTableRequest, BatchDeleteTableResponse, TableError } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { asked, notImplemented } from "../errors.ts";
import { databaseOf, folded } from "../lookup.ts";
import type { GlueState } from "../state.ts";

/** Deletes those that are there. */
export async function batchDeleteTable(
  state: GlueState,
  input: Input<BatchDeleteTableRequest>,
  call: Call,
): Promise<BatchDeleteTableResponse> {
  if (input.TransactionId !== undefined) throw notImplemented("transactions of governed tables");
  const { database } = databaseOf(state, input, call, input.TablesToDelete);
  const missing = await asked(state.catalog.tables.deleteAll(database, input.TablesToDelete.map(folded)));
  const Errors = missing.map((TableName): TableError => {
    const ErrorMessage = `Table ${TableName} not found.`;
    return { TableName, ErrorDetail: { ErrorCode: "EntityNotFoundException", ErrorMessage } };
  });
  return { Errors };
}
