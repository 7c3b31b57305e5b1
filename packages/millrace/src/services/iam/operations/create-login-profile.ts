import type { CreateLoginProfileRequest, CreateLoginProfileResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { alreadyExists, validation } from "../errors.ts";
import { describeLogin, loginUser, putLogin, withPassword } from "../login.ts";
import type { IamState } from "../state.ts";

export async function createLoginProfile(
  state: IamState,
  input: Input<CreateLoginProfileRequest>,
  call: Call,
): Promise<CreateLoginProfileResponse> {
  const account = state.account(call.account);
  const user = loginUser(account, input, call);
  if (account.logins.has(user.id)) throw alreadyExists(`Login Profile for User ${user.name} already exists.`);
  if (input.Password === undefined) throw validation("Password is required.");
  const resetRequired = input.PasswordResetRequired ?? false;
  const empty = { userId: user.id, createdMs: state.clock.now(), resetRequired, earlier: [] };
  const login = await withPassword(state, account, empty, input.Password);
  await putLogin(state, call.account, undefined, login);
  return { LoginProfile: describeLogin(user, login) };
}
