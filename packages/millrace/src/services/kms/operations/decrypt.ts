import type { DecryptRequest, DecryptResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { validation } from "../errors.ts";
import { checkGrantTokens } from "../grant-token-check.ts";
import { decryptWith, endDryRun, refuseRecipient, requireAlgorithm, useKey } from "../key-use.ts";
import type { KmsState } from "../state.ts";

export async function decrypt(
  state: KmsState,
  input: Input<DecryptRequest>,
  call: Call,
): Promise<DecryptResponse> {
  const { CiphertextBlob, KeyId, EncryptionContext, EncryptionAlgorithm = "SYMMETRIC_DEFAULT" } = input;
  refuseRecipient(input.Recipient);
  if (input.DryRunModifiers !== undefined && input.DryRunModifiers.length > 0) {
    if (!input.DryRun || KeyId === undefined)
      throw validation("DryRunModifiers can be used with DryRun and a KeyId only.");
    const key = await useKey(state, { ...input, KeyId }, call, "ENCRYPT_DECRYPT");
    requireAlgorithm(key, EncryptionAlgorithm);
    endDryRun(true);
  }
  checkGrantTokens(state, input.GrantTokens);
  if (CiphertextBlob === undefined) throw validation("CiphertextBlob is required.");
  const ciphertext = {
    blob: CiphertextBlob,
    keyId: KeyId,
    algorithm: EncryptionAlgorithm,
    context: EncryptionContext,
  };
  const { key, plaintext, material } = decryptWith(state, ciphertext, call);
  endDryRun(input.DryRun);
  return {
    KeyId: key.arn,
    Plaintext: plaintext,
    EncryptionAlgorithm,
    ...(EncryptionAlgorithm === "SYMMETRIC_DEFAULT" ? { KeyMaterialId: material.id } : {}),
  };
}
