import type { GetKeyPolicyRequest, GetKeyPolicyResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { notFound } from "../errors.ts";
import { findOwnKey } from "../key-lookup.ts";
import type { KmsState } from "../state.ts";

export function getKeyPolicy(
  state: KmsState,
  { KeyId, PolicyName = "default" }: Input<GetKeyPolicyRequest>,
  call: Call,
): GetKeyPolicyResponse {
  const key = findOwnKey(state, KeyId, call);
  if (PolicyName !== "default") throw notFound("No such policy exists");
  return { Policy: key.document.policy, PolicyName };
}
