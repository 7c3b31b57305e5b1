import type { GenerateDataKeyPairRequest, GenerateDataKeyPairResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { makeDataKeyPair } from "../data-key.ts";
import { endDryRun, refuseRecipient, useDataKeyParent } from "../key-use.ts";
import type { KmsState } from "../state.ts";

export async function generateDataKeyPair(
  state: KmsState,
  input: Input<GenerateDataKeyPairRequest>,
  call: Call,
): Promise<GenerateDataKeyPairResponse> {
  const { KeyPairSpec, EncryptionContext } = input;
  refuseRecipient(input.Recipient);
  const key = await useDataKeyParent(state, input, call);
  endDryRun(input.DryRun);
  const pair = await makeDataKeyPair(state, key, KeyPairSpec, EncryptionContext);
  return {
    PrivateKeyCiphertextBlob: pair.wrapped,
    PrivateKeyPlaintext: pair.plaintext,
    PublicKey: pair.publicKey,
    KeyId: key.arn,
    KeyPairSpec,
    KeyMaterialId: pair.material.id,
  };
}
