import type { UpdateAccessKeyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findKey } from "../access-keys.ts";
import { namedOrCaller } from "../callers.ts";
import { validation } from "../errors.ts";
import type { IamState } from "../state.ts";

export async function updateAccessKey(
  state: IamState,
  input: Input<UpdateAccessKeyRequest>,
  call: Call,
): Promise<void> {
  const status = input.Status;
  // The model has a third status, which only AWS gives to keys.
  if (status === "Expired") throw validation("An access key can be Active or Inactive.");
  await state.change(call.account, (account, draft) => {
    const user = namedOrCaller(account, input.UserName, call);
    const key = findKey(account, user, input.AccessKeyId);
    draft.put("keys", key.id, { ...key, status });
  });
}
