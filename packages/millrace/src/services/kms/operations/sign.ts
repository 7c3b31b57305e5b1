import type { SignRequest, SignResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { incompatibleAlgorithm } from "../errors.ts";
import { requireMaterial } from "../key-state.ts";
import { endDryRun, useKey } from "../key-use.ts";
import { signMessage } from "../signing.ts";
import type { KmsState } from "../state.ts";

export async function sign(state: KmsState, input: Input<SignRequest>, call: Call): Promise<SignResponse> {
  const { SigningAlgorithm, Message, MessageType } = input;
  const key = await useKey(state, input, call, "SIGN_VERIFY");
  if (!key.facts.signing.includes(SigningAlgorithm))
    throw incompatibleAlgorithm(SigningAlgorithm, key.document.spec);
  const secret = key.secret(requireMaterial(key, state.clock.now()), state.master);
  const signed = { algorithm: SigningAlgorithm, message: Message, type: MessageType };
  const signature = await signMessage(secret, signed);
  endDryRun(input.DryRun);
  return { KeyId: key.arn, Signature: signature, SigningAlgorithm };
}
