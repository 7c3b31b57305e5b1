import type { ListAccessKeysRequest, ListAccessKeysResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeKey, keysOf } from "../access-keys.ts";
import { namedOrCaller } from "../callers.ts";
import { pageOf } from "../paging.ts";
import type { IamState } from "../state.ts";

export function listAccessKeys(
  state: IamState,
  input: Input<ListAccessKeysRequest>,
  call: Call,
): ListAccessKeysResponse {
  const account = state.account(call.account);
  const user = namedOrCaller(account, input.UserName, call);
  const { items, rest } = pageOf(state, call, input, keysOf(account, user), ({ id }) => id);
  return { AccessKeyMetadata: items.map((key) => describeKey(user, key)), ...rest };
}
