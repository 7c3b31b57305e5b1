import type { DeleteTableVersionRequest, DeleteTableVersionResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { asked, catalogRefusal } from "../errors.ts";
import { tableOf } from "../lookup.ts";
import type { GlueState } from "../state.ts";

/** Deletes an older version; the current one goes with its table only. */
export async function deleteTableVersion(
  state: GlueState,
  input: Input<DeleteTableVersionRequest>,
  call: Call,
): Promise<DeleteTableVersionResponse> {
  const { table } = tableOf(state, input, input.TableName, call);
  const failed = await asked(state.catalog.tableVersions.deleteAll(table, [input.VersionId]));
  const failure = failed.get(input.VersionId);
  if (failure !== undefined) throw catalogRefusal(failure);
  return {};
}
