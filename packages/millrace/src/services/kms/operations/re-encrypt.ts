import type { ReEncryptRequest, ReEncryptResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { notImplemented, validation } from "../errors.ts";
import { decryptWith, encryptUnder, endDryRun, requireAlgorithm, useKey } from "../key-use.ts";
import type { KmsState } from "../state.ts";

export async function reEncrypt(
  state: KmsState,
  input: Input<ReEncryptRequest>,
  call: Call,
): Promise<ReEncryptResponse> {
  const { SourceEncryptionAlgorithm = "SYMMETRIC_DEFAULT" } = input;
  const { DestinationEncryptionAlgorithm = "SYMMETRIC_DEFAULT" } = input;
  if (input.DryRunModifiers !== undefined && input.DryRunModifiers.length > 0)
    throw notImplemented("dry runs of ReEncrypt that ignore the ciphertext");
  if (input.CiphertextBlob === undefined) throw validation("CiphertextBlob is required.");
  const ciphertext = {
    blob: input.CiphertextBlob,
    keyId: input.SourceKeyId,
    algorithm: SourceEncryptionAlgorithm,
    context: input.SourceEncryptionContext,
  };
  const named = { KeyId: input.DestinationKeyId, GrantTokens: input.GrantTokens };
  const destination = await useKey(state, named, call, "ENCRYPT_DECRYPT");
  requireAlgorithm(destination, DestinationEncryptionAlgorithm);
  const source = decryptWith(state, ciphertext, call);
  const { DestinationEncryptionContext: context } = input;
  const target = encryptUnder(state, destination, DestinationEncryptionAlgorithm, source.plaintext, context);
  endDryRun(input.DryRun);
  return {
    CiphertextBlob: target.blob,
    SourceKeyId: source.key.arn,
    KeyId: destination.arn,
    SourceEncryptionAlgorithm,
    DestinationEncryptionAlgorithm,
    ...(SourceEncryptionAlgorithm === "SYMMETRIC_DEFAULT" ? { SourceKeyMaterialId: source.material.id } : {}),
    ...(DestinationEncryptionAlgorithm === "SYMMETRIC_DEFAULT"
      ? { DestinationKeyMaterialId: target.material.id }
      : {}),
  };
}
