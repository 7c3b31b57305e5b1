import type { ListMFADevicesRequest, ListMFADevicesResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findHolder } from "../holders.ts";
import type { IamState } from "../state.ts";

export function listMFADevices(
  state: IamState,
  input: Input<ListMFADevicesRequest>,
  call: Call,
): ListMFADevicesResponse {
  if (input.UserName !== undefined)
    findHolder(state.account(call.account), { kind: "user", name: input.UserName });
  return { MFADevices: [], IsTruncated: false };
}
