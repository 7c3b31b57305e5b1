import type { ListTablesInput, ListTablesOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { DynamodbState } from "../state.ts";

const defaultLimit = 100;

export function listTables(
  state: DynamodbState,
  { ExclusiveStartTableName: after = "", Limit: limit = defaultLimit }: Input<ListTablesInput>,
  call: Call,
): ListTablesOutput {
  const names = state.tables
    .list(call.account, call.region)
    .map(({ document }) => document.name)
    .filter((name) => name > after);
  const page = names.slice(0, limit);
  const last = page.at(-1);
  return {
    TableNames: page,
    ...(page.length < names.length && last !== undefined ? { LastEvaluatedTableName: last } : {}),
  };
}
