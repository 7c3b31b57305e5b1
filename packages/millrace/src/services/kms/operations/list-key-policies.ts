import type { ListKeyPoliciesRequest, ListKeyPoliciesResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findOwnKey } from "../key-lookup.ts";
import { pageOf } from "../page.ts";
import type { KmsState } from "../state.ts";

export function listKeyPolicies(
  state: KmsState,
  input: Input<ListKeyPoliciesRequest>,
  call: Call,
): ListKeyPoliciesResponse {
  const key = findOwnKey(state, input.KeyId, call);
  const { items, paging } = pageOf(state, call, ["default"], (name) => name, input, {
    defaultLimit: 100,
    filters: { KeyId: key.arn },
  });
  return { PolicyNames: items, ...paging };
}
