import { createPublicKey, encapsulate as encapsulateFor } from "node:crypto";
import type { EncapsulateRequest, EncapsulateResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { requireMaterial } from "../key-state.ts";
import { endDryRun, useKey } from "../key-use.ts";
import type { KmsState } from "../state.ts";

export async function encapsulate(
  state: KmsState,
  input: Input<EncapsulateRequest>,
  call: Call,
): Promise<EncapsulateResponse> {
  const key = await useKey(state, input, call, "ENCAPSULATE_DECAPSULATE");
  const secret = key.secret(requireMaterial(key, state.clock.now()), state.master);
  const { sharedKey, ciphertext } = encapsulateFor(createPublicKey(secret));
  endDryRun(input.DryRun);
  return { KeyId: key.arn, SharedSecret: sharedKey, SharedSecretCiphertextBlob: ciphertext };
}
