import type { GetTableRequest, GetTableResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { tableInDatabaseOf } from "../lookup.ts";
import { tableAnswer } from "../resource-link.ts";
import type { GlueState } from "../state.ts";

export function getTable(state: GlueState, input: Input<GetTableRequest>, call: Call): GetTableResponse {
  const found = tableInDatabaseOf(state, input, input.Name, call);
  return { Table: tableAnswer(state, found, call) };
}
