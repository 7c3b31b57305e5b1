import type { GetTableVersionRequest, GetTableVersionResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { catalogRefusal } from "../errors.ts";
import { tableOf } from "../lookup.ts";
import type { GlueState } from "../state.ts";
import { tableOutput } from "../table-output.ts";

/** The current version unless told which. */
export function getTableVersion(
  state: GlueState,
  input: Input<GetTableVersionRequest>,
  call: Call,
): GetTableVersionResponse {
  const { scope, database, table } = tableOf(state, input, input.TableName, call);
  try {
    const version = state.catalog.tableVersions.get(table, input.VersionId);
    const Table = tableOutput(scope, database.name, version);
    return { TableVersion: { Table, VersionId: String(version.version) } };
  } catch (error) {
    throw catalogRefusal(error);
  }
}
