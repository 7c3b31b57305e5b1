import type { PutUserPermissionsBoundaryRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeHolder } from "../holders.ts";
import { attachable } from "../policies.ts";
import type { IamState } from "../state.ts";

export async function putUserPermissionsBoundary(
  state: IamState,
  input: Input<PutUserPermissionsBoundaryRequest>,
  call: Call,
): Promise<void> {
  await changeHolder(state, call, { kind: "user", name: input.UserName }, (user, account) => ({
    ...user,
    boundary: attachable(state, account, input.PermissionsBoundary).arn,
  }));
}
