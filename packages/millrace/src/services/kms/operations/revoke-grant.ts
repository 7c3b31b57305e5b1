import type { RevokeGrantRequest } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { notFound } from "../errors.ts";
import { findKeyWithoutAlias } from "../key-lookup.ts";
import { endDryRun } from "../key-use.ts";
import type { KmsState } from "../state.ts";

export function revokeGrant(
  state: KmsState,
  { KeyId, GrantId, DryRun }: Input<RevokeGrantRequest>,
  call: Call,
): Promise<void> {
  return state.change(async () => {
    const key = findKeyWithoutAlias(state, KeyId, call);
    const grant = state.grants.get(key, GrantId);
    if (grant === undefined) throw notFound(`Grant ${GrantId} is not found.`);
    endDryRun(DryRun);
    await state.grants.remove([grant]);
  });
}
