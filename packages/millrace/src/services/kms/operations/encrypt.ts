import type { EncryptRequest, EncryptResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { encryptUnder, endDryRun, requireAlgorithm, useKey } from "../key-use.ts";
import type { KmsState } from "../state.ts";

export async function encrypt(
  state: KmsState,
  input: Input<EncryptRequest>,
  call: Call,
): Promise<EncryptResponse> {
  const { Plaintext, EncryptionContext, EncryptionAlgorithm = "SYMMETRIC_DEFAULT" } = input;
  const key = await useKey(state, input, call, "ENCRYPT_DECRYPT");
  requireAlgorithm(key, EncryptionAlgorithm);
  const { blob } = encryptUnder(state, key, EncryptionAlgorithm, Plaintext, EncryptionContext);
  endDryRun(input.DryRun);
  return { CiphertextBlob: blob, KeyId: key.arn, EncryptionAlgorithm };
}
