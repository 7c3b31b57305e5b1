import type { GetLoginProfileRequest, GetLoginProfileResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeLogin, findLogin, loginUser } from "../login.ts";
import type { IamState } from "../state.ts";

export function getLoginProfile(
  state: IamState,
  input: Input<GetLoginProfileRequest>,
  call: Call,
): GetLoginProfileResponse {
  const account = state.account(call.account);
  const user = loginUser(account, input, call);
  return { LoginProfile: describeLogin(user, findLogin(account, user)) };
}
