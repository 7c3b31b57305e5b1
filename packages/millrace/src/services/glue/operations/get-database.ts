import type { GetDatabaseRequest, GetDatabaseResponse } from "@aws-sdk/client-glue";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { databaseOutput } from "../database-output.ts";
import { databaseOf } from "../lookup.ts";
import type { GlueState } from "../state.ts";

export function getDatabase(
  state: GlueState,
  input: Input<GetDatabaseRequest>,
  call: Call,
): GetDatabaseResponse {
  const { scope, database } = databaseOf(state, { ...input, DatabaseName: input.Name }, call);
  return { Database: databaseOutput(scope, database) };
}
