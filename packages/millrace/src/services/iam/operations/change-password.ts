import type { ChangePasswordRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { accessDenied, invalidUserType } from "../errors.ts";
import { findLogin, loginUser, matches, putLogin, withPassword } from "../login.ts";
import type { IamState } from "../state.ts";

/** The caller's own password. */
export async function changePassword(
  state: IamState,
  input: Input<ChangePasswordRequest>,
  call: Call,
): Promise<void> {
  if (call.principal.kind !== "user") throw invalidUserType("Only IAM Users can change their own password");
  const account = state.account(call.account);
  const before = findLogin(account, loginUser(account, {}, call));
  if (!(await matches(state, call.account, before, input.OldPassword)))
    throw accessDenied("The old password was incorrect.");
  const changed = { ...before, resetRequired: false };
  await putLogin(state, call.account, before, await withPassword(state, account, changed, input.NewPassword));
}
