import type { UpdateAssumeRolePolicyRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeHolder } from "../holders.ts";
import { checkTrust } from "../roles.ts";
import type { IamState } from "../state.ts";

export async function updateAssumeRolePolicy(
  state: IamState,
  input: Input<UpdateAssumeRolePolicyRequest>,
  call: Call,
): Promise<void> {
  checkTrust(input.PolicyDocument);
  await changeHolder(state, call, { kind: "role", name: input.RoleName }, (role) => ({
    ...role,
    trust: input.PolicyDocument,
  }));
}
