import type {
  GenerateDataKeyWithoutPlaintextRequest,
  GenerateDataKeyWithoutPlaintextResponse,
} from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { makeDataKey } from "../data-key.ts";
import { endDryRun, useDataKeyParent } from "../key-use.ts";
import type { KmsState } from "../state.ts";

export async function generateDataKeyWithoutPlaintext(
  state: KmsState,
  input: Input<GenerateDataKeyWithoutPlaintextRequest>,
  call: Call,
): Promise<GenerateDataKeyWithoutPlaintextResponse> {
  const key = await useDataKeyParent(state, input, call);
  const { wrapped, material } = makeDataKey(state, key, input, input.EncryptionContext);
  endDryRun(input.DryRun);
  return { CiphertextBlob: wrapped, KeyId: key.arn, KeyMaterialId: material.id };
}
