import type { ListAccountAliasesResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { IamState } from "../state.ts";

export function listAccountAliases(state: IamState, _input: unknown, call: Call): ListAccountAliasesResponse {
  const alias = state.account(call.account).accounts.get(call.account)?.alias;
  return { AccountAliases: alias === undefined ? [] : [alias], IsTruncated: false };
}
