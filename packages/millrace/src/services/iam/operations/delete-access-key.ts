import type { DeleteAccessKeyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findKey } from "../access-keys.ts";
import { namedOrCaller } from "../callers.ts";
import type { IamState } from "../state.ts";

export async function deleteAccessKey(
  state: IamState,
  input: Input<DeleteAccessKeyRequest>,
  call: Call,
): Promise<void> {
  await state.change(call.account, (account, draft) => {
    const user = namedOrCaller(account, input.UserName, call);
    draft.remove("keys", findKey(account, user, input.AccessKeyId).id);
  });
  state.keyUses.forget(input.AccessKeyId);
}
