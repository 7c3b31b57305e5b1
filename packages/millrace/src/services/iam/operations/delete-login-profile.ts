import type { DeleteLoginProfileRequest } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findHolder } from "../holders.ts";
import { noLoginProfile, userNameOf } from "../login.ts";
import type { IamState } from "../state.ts";

export function deleteLoginProfile(
  state: IamState,
  input: Input<DeleteLoginProfileRequest>,
  call: Call,
): never {
  findHolder(state.account(call.account), { kind: "user", name: userNameOf(input, call) });
  throw noLoginProfile(userNameOf(input, call));
}
