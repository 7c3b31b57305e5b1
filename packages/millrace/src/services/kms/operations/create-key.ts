import type { CreateKeyRequest, CreateKeyResponse, KeySpec, KeyUsageType } from "@aws-sdk/client-kms";
import { assert } from "../../../core/assert.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { notImplemented, unsupported, validation } from "../errors.ts";
import { keyArn } from "../key-arn.ts";
import { keyMetadata } from "../key-metadata.ts";
import { checkPolicy, defaultPolicy } from "../key-policy.ts";
import { type SpecFacts, specFacts } from "../key-spec.ts";
import { newKeyDocument, newKeyId } from "../new-key.ts";
import type { KmsState } from "../state.ts";
import { withTags } from "../tags.ts";

export async function createKey(
  state: KmsState,
  input: Input<CreateKeyRequest>,
  call: Call,
): Promise<CreateKeyResponse> {
  const spec = specOf(input);
  const facts = specFacts(spec);
  if (facts === undefined) throw unsupported(`KeySpec ${spec} is not supported in this region.`);
  const usage = usageOf(input.KeyUsage, spec, facts);
  const { Origin: origin = "AWS_KMS", MultiRegion: multiRegion = false, Policy } = input;
  if (origin !== "AWS_KMS" && origin !== "EXTERNAL") throw notImplemented("custom key stores");
  if (input.CustomKeyStoreId !== undefined || input.XksKeyId !== undefined)
    throw notImplemented("custom key stores");
  const tags = withTags({}, input.Tags);
  const id = newKeyId(multiRegion);
  if (Policy !== undefined)
    checkPolicy(Policy, keyArn(call, id), call, input.BypassPolicyLockoutSafetyCheck ?? false);
  const document = await newKeyDocument(state, call, {
    id,
    spec,
    facts,
    usage,
    origin,
    multiRegion,
    manager: "CUSTOMER",
    description: input.Description ?? "",
    policy: Policy ?? defaultPolicy(call),
    tags,
  });
  await state.keys.commit([{ put: document }]);
  const key = state.keys.get(call, id);
  assert(key !== undefined, "a key that was committed is there");
  return { KeyMetadata: keyMetadata(state, key) };
}

function specOf({ KeySpec, CustomerMasterKeySpec }: Input<CreateKeyRequest>): KeySpec {
  if (KeySpec !== undefined && CustomerMasterKeySpec !== undefined)
    throw validation("You cannot specify KeySpec and CustomerMasterKeySpec in the same request.");
  return KeySpec ?? CustomerMasterKeySpec ?? "SYMMETRIC_DEFAULT";
}

function usageOf(usage: KeyUsageType | undefined, spec: KeySpec, facts: SpecFacts): KeyUsageType {
  if (usage === undefined && spec !== "SYMMETRIC_DEFAULT")
    throw validation(
      "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.",
    );
  const chosen = usage ?? "ENCRYPT_DECRYPT";
  if (!facts.usages.includes(chosen))
    throw validation(`KeyUsage ${chosen} is not compatible with KeySpec ${spec}`);
  return chosen;
}
