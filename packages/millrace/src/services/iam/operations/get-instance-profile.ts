import type { GetInstanceProfileRequest, GetInstanceProfileResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { describeProfileFully } from "../describe.ts";
import { findProfile } from "../profiles.ts";
import type { IamState } from "../state.ts";

export function getInstanceProfile(
  state: IamState,
  input: Input<GetInstanceProfileRequest>,
  call: Call,
): GetInstanceProfileResponse {
  const account = state.account(call.account);
  return { InstanceProfile: describeProfileFully(account, findProfile(account, input.InstanceProfileName)) };
}
