import type { DeleteUserPermissionsBoundaryRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { changeHolder } from "../holders.ts";
import { noBoundary } from "../removal.ts";
import type { IamState } from "../state.ts";

export async function deleteUserPermissionsBoundary(
  state: IamState,
  input: Input<DeleteUserPermissionsBoundaryRequest>,
  call: Call,
): Promise<void> {
  await changeHolder(state, call, { kind: "user", name: input.UserName }, ({ boundary, ...user }) => {
    if (boundary === undefined) throw noBoundary("User", user.name);
    return user;
  });
}
