import type { GenerateDataKeyRequest, GenerateDataKeyResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { makeDataKey } from "../data-key.ts";
import { endDryRun, refuseRecipient, useDataKeyParent } from "../key-use.ts";
import type { KmsState } from "../state.ts";

export async function generateDataKey(
  state: KmsState,
  input: Input<GenerateDataKeyRequest>,
  call: Call,
): Promise<GenerateDataKeyResponse> {
  refuseRecipient(input.Recipient);
  const key = await useDataKeyParent(state, input, call);
  const { plaintext, wrapped, material } = makeDataKey(state, key, input, input.EncryptionContext);
  endDryRun(input.DryRun);
  return { CiphertextBlob: wrapped, Plaintext: plaintext, KeyId: key.arn, KeyMaterialId: material.id };
}
