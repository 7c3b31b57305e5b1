import type { GetTableRequest, GetTableResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { tableOf } from "../lookup.ts";
import type { GlueState } from "../state.ts";
import { tableOutput } from "../table-output.ts";

export function getTable(state: GlueState, input: Input<GetTableRequest>, call: Call): GetTableResponse {
  const { scope, database, table } = tableOf(state, input, input.Name, call);
  return { Table: tableOutput(scope, database.name, table) };
}
