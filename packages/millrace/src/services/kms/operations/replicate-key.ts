import type { ReplicateKeyRequest, ReplicateKeyResponse } from "@aws-sdk/client-kms";
import { assert } from "../../../core/assert.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { KeyDocument } from "../document.ts";
import { alreadyExists, unsupported, validation } from "../errors.ts";
import { keyArn } from "../key-arn.ts";
import { findCustomerKey } from "../key-lookup.ts";
import { keyMetadata } from "../key-metadata.ts";
import { checkPolicy, defaultPolicy } from "../key-policy.ts";
import { requireEnabled } from "../key-state.ts";
import type { KmsState } from "../state.ts";
import { withTags } from "../tags.ts";

export function replicateKey(
  state: KmsState,
  input: Input<ReplicateKeyRequest>,
  call: Call,
): Promise<ReplicateKeyResponse> {
  return state.change(async () => {
    const { KeyId, ReplicaRegion: region, Policy, Tags } = input;
    const key = findCustomerKey(state, KeyId, call);
    if (key.document.multiRegion !== "PRIMARY")
      throw unsupported(`${key.arn} is not a multi-region primary key.`);
    requireEnabled(key, state.clock.now());
    const owner = { account: call.account, region };
    const { id } = key.document;
    if (region === call.region) throw validation("The replica must be in another region than its primary.");
    if (state.keys.family(key).some(({ document }) => document.region === region))
      throw alreadyExists(`${keyArn(owner, id)} already exists`);
    const bypass = input.BypassPolicyLockoutSafetyCheck ?? false;
    if (Policy !== undefined) checkPolicy(Policy, keyArn(owner, id), call, bypass);
    const replica = replicaOf(key.document, {
      region,
      createdMs: state.clock.now(),
      description: input.Description ?? "",
      policy: Policy ?? defaultPolicy(owner),
      tags: withTags({}, Tags),
    });
    await state.keys.commit([{ put: replica }]);
    const made = state.keys.get(owner, id);
    assert(made !== undefined, "a key that was committed is there");
    return {
      ReplicaKeyMetadata: keyMetadata(state, made),
      ReplicaPolicy: replica.policy,
      ReplicaTags: Object.entries(replica.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
    };
  });
}

/** A key of its own with the primary's id and material; imported material has to be imported again. */
function replicaOf(
  { rotation: _, deletion: __, ...primary }: KeyDocument,
  own: Pick<KeyDocument, "region" | "createdMs" | "description" | "policy" | "tags">,
): KeyDocument {
  const materials = primary.materials.map(({ sealed, ...rest }) =>
    sealed === undefined || primary.origin === "EXTERNAL" ? rest : { ...rest, sealed },
  );
  return { ...primary, ...own, materials, enabled: true, multiRegion: "REPLICA" };
}
