import type { CreateAccessKeyRequest, CreateAccessKeyResponse } from "@aws-sdk/client-iam";
import { newAccessKeyId, newSecretKey } from "../../../core/access-key-id.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { keysOf, sealSecret } from "../access-keys.ts";
import { namedOrCaller } from "../callers.ts";
import { quotaExceeded } from "../errors.ts";
import { limits } from "../limits.ts";
import type { IamState } from "../state.ts";

export async function createAccessKey(
  state: IamState,
  input: Input<CreateAccessKeyRequest>,
  call: Call,
): Promise<CreateAccessKeyResponse> {
  const id = newAccessKeyId(call.account);
  const secret = newSecretKey();
  const user = await state.change(call.account, (account, draft) => {
    const owner = namedOrCaller(account, input.UserName, call);
    if (keysOf(account, owner).length >= limits.accessKeysPerUser)
      throw quotaExceeded("AccessKeysPerUser", limits.accessKeysPerUser);
    draft.put("keys", id, {
      ...{ id, userId: owner.id, status: "Active", createdMs: state.clock.now() },
      secret: sealSecret(state.master, account.id, id, secret),
    });
    return owner;
  });
  return {
    AccessKey: {
      UserName: user.name,
      AccessKeyId: id,
      Status: "Active",
      SecretAccessKey: secret,
      CreateDate: new Date(state.clock.now()),
    },
  };
}
