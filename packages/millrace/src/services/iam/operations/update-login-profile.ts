import type { UpdateLoginProfileRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findLogin, loginUser, putLogin, withPassword } from "../login.ts";
import type { IamState } from "../state.ts";

export async function updateLoginProfile(
  state: IamState,
  input: Input<UpdateLoginProfileRequest>,
  call: Call,
): Promise<void> {
  const account = state.account(call.account);
  const before = findLogin(account, loginUser(account, input, call));
  const resetRequired = input.PasswordResetRequired ?? before.resetRequired;
  const changed = { ...before, resetRequired };
  const login =
    input.Password === undefined ? changed : await withPassword(state, account, changed, input.Password);
  await putLogin(state, call.account, before, login);
}
