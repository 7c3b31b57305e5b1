import type { GetDatabaseRequest, GetDatabaseResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { ownDatabaseOf } from "../lookup.ts";
import { databaseAnswer } from "../resource-link.ts";
import type { GlueState } from "../state.ts";

export function getDatabase(
  state: GlueState,
  input: Input<GetDatabaseRequest>,
  call: Call,
): GetDatabaseResponse {
  const found = ownDatabaseOf(state, { ...input, DatabaseName: input.Name }, call);
  return { Database: databaseAnswer(state, found, call) };
}
