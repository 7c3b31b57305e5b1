import type { ListSSHPublicKeysRequest, ListSSHPublicKeysResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findHolder } from "../holders.ts";
import type { IamState } from "../state.ts";

export function listSSHPublicKeys(
  state: IamState,
  input: Input<ListSSHPublicKeysRequest>,
  call: Call,
): ListSSHPublicKeysResponse {
  if (input.UserName !== undefined)
    findHolder(state.account(call.account), { kind: "user", name: input.UserName });
  return { SSHPublicKeys: [], IsTruncated: false };
}
