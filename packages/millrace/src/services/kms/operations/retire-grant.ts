import type { RetireGrantRequest } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidGrantToken, notFound, validation } from "../errors.ts";
import { findKeyWithoutAlias } from "../key-lookup.ts";
import { endDryRun } from "../key-use.ts";
import type { KmsState } from "../state.ts";

/** Who may retire a grant is decided before: by the grant, which is a policy of its key. */
export function retireGrant(state: KmsState, input: Input<RetireGrantRequest>, call: Call): Promise<void> {
  return state.change(async () => {
    const { keyId, grantId } = namedGrant(state, input);
    const key = findKeyWithoutAlias(state, keyId, call);
    const grant = state.grants.get(key, grantId);
    if (grant === undefined) throw notFound(`Grant ${grantId} is not found.`);
    endDryRun(input.DryRun);
    await state.grants.remove([grant]);
  });
}

function namedGrant(
  state: KmsState,
  { GrantToken, KeyId, GrantId }: Input<RetireGrantRequest>,
): { readonly keyId: string; readonly grantId: string } {
  if (GrantToken !== undefined) {
    if (KeyId !== undefined || GrantId !== undefined)
      throw validation("You must specify either a GrantToken or a KeyId and a GrantId, but not both.");
    const opened = state.grantTokens.open(GrantToken);
    if (opened === undefined) throw invalidGrantToken();
    return { keyId: opened.keyArn, grantId: opened.grantId };
  }
  if (KeyId === undefined || GrantId === undefined)
    throw validation("You must specify either a GrantToken or a KeyId and a GrantId.");
  return { keyId: KeyId, grantId: GrantId };
}
