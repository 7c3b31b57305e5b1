import type { VerifyRequest, VerifyResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { incompatibleAlgorithm, invalidSignature } from "../errors.ts";
import { requireMaterial } from "../key-state.ts";
import { endDryRun, useKey } from "../key-use.ts";
import { verifyMessage } from "../signing.ts";
import type { KmsState } from "../state.ts";

export async function verify(
  state: KmsState,
  input: Input<VerifyRequest>,
  call: Call,
): Promise<VerifyResponse> {
  const { SigningAlgorithm, Message, MessageType, Signature } = input;
  const key = await useKey(state, input, call, "SIGN_VERIFY");
  if (!key.facts.signing.includes(SigningAlgorithm))
    throw incompatibleAlgorithm(SigningAlgorithm, key.document.spec);
  const secret = key.secret(requireMaterial(key, state.clock.now()), state.master);
  const signed = { algorithm: SigningAlgorithm, message: Message, type: MessageType };
  if (!(await verifyMessage(secret, signed, Signature))) throw invalidSignature();
  endDryRun(input.DryRun);
  return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm };
}
