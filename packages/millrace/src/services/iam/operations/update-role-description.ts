import type { UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeRole } from "../describe.ts";
import { changeHolder, findHolder, type HolderName } from "../holders.ts";
import type { IamState } from "../state.ts";

export async function updateRoleDescription(
  state: IamState,
  input: Input<UpdateRoleDescriptionRequest>,
  call: Call,
): Promise<UpdateRoleDescriptionResponse> {
  const name: HolderName<"role"> = { kind: "role", name: input.RoleName };
  await changeHolder(state, call, name, (role) => ({ ...role, description: input.Description }));
  return { Role: describeRole(call.account, findHolder(state.account(call.account), name)) };
}
