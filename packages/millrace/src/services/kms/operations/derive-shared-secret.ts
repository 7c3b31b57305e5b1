import { createPublicKey, diffieHellman, type KeyObject } from "node:crypto";
import type { DeriveSharedSecretRequest, DeriveSharedSecretResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { validation } from "../errors.ts";
import type { Key } from "../key.ts";
import { requireMaterial } from "../key-state.ts";
import { endDryRun, refuseRecipient, useKey } from "../key-use.ts";
import type { KmsState } from "../state.ts";

export async function deriveSharedSecret(
  state: KmsState,
  input: Input<DeriveSharedSecretRequest>,
  call: Call,
): Promise<DeriveSharedSecretResponse> {
  const { KeyAgreementAlgorithm, PublicKey } = input;
  refuseRecipient(input.Recipient);
  const key = await useKey(state, input, call, "KEY_AGREEMENT");
  const publicKey = peerKey(key, PublicKey);
  const privateKey = key.secret(requireMaterial(key, state.clock.now()), state.master);
  const secret = diffieHellman({ privateKey, publicKey });
  endDryRun(input.DryRun);
  return { KeyId: key.arn, SharedSecret: secret, KeyAgreementAlgorithm, KeyOrigin: key.document.origin };
}

/** OpenSSL refuses points that are not on their curve when it reads the key. */
function peerKey(key: Key, der: Uint8Array): KeyObject {
  const invalid = validation("The PublicKey is not a public key on the curve of the KMS key.");
  let peer: KeyObject;
  try {
    peer = createPublicKey({ key: Buffer.from(der), format: "der", type: "spki" });
  } catch {
    throw invalid;
  }
  if (peer.asymmetricKeyDetails?.namedCurve !== key.facts.curve) throw invalid;
  return peer;
}
