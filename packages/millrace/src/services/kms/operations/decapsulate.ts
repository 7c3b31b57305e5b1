import { decapsulate as decapsulateWith } from "node:crypto";
import type { DecapsulateRequest, DecapsulateResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidCiphertext } from "../errors.ts";
import { requireMaterial } from "../key-state.ts";
import { endDryRun, useKey } from "../key-use.ts";
import type { KmsState } from "../state.ts";

/** Bytes of a ciphertext by parameter set (FIPS 203, table 3). */
const ciphertextBytes: Readonly<Record<string, number>> = {
  "ml-kem-512": 768,
  "ml-kem-768": 1088,
  "ml-kem-1024": 1568,
};

/** A ciphertext of the right length always opens: one that was changed gives another secret (FIPS 203, 6.3). */
export async function decapsulate(
  state: KmsState,
  input: Input<DecapsulateRequest>,
  call: Call,
): Promise<DecapsulateResponse> {
  const { SharedSecretCiphertextBlob: blob, EncapsulationAlgorithm } = input;
  const key = await useKey(state, input, call, "ENCAPSULATE_DECAPSULATE");
  if (blob.length !== ciphertextBytes[key.facts.curve]) throw invalidCiphertext();
  const secret = key.secret(requireMaterial(key, state.clock.now()), state.master);
  const sharedSecret = decapsulateWith(secret, Buffer.from(blob));
  endDryRun(input.DryRun);
  return { KeyId: key.arn, SharedSecret: sharedSecret, EncapsulationAlgorithm };
}
