import type {
  GenerateDataKeyPairWithoutPlaintextRequest,
  GenerateDataKeyPairWithoutPlaintextResponse,
} from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { makeDataKeyPair } from "../data-key.ts";
import { endDryRun, useDataKeyParent } from "../key-use.ts";
import type { KmsState } from "../state.ts";

export async function generateDataKeyPairWithoutPlaintext(
  state: KmsState,
  input: Input<GenerateDataKeyPairWithoutPlaintextRequest>,
  call: Call,
): Promise<GenerateDataKeyPairWithoutPlaintextResponse> {
  const { KeyPairSpec, EncryptionContext } = input;
  const key = await useDataKeyParent(state, input, call);
  endDryRun(input.DryRun);
  const pair = await makeDataKeyPair(state, key, KeyPairSpec, EncryptionContext);
  return {
    PrivateKeyCiphertextBlob: pair.wrapped,
    PublicKey: pair.publicKey,
    KeyId: key.arn,
    KeyPairSpec,
    KeyMaterialId: pair.material.id,
  };
}
