import type { GenerateMacRequest, GenerateMacResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { endDryRun, useKey } from "../key-use.ts";
import { macOf } from "../mac.ts";
import type { KmsState } from "../state.ts";

export async function generateMac(
  state: KmsState,
  input: Input<GenerateMacRequest>,
  call: Call,
): Promise<GenerateMacResponse> {
  const { MacAlgorithm, Message } = input;
  const key = await useKey(state, input, call, "GENERATE_VERIFY_MAC");
  const mac = macOf(state, key, MacAlgorithm, Message);
  endDryRun(input.DryRun);
  return { Mac: mac, MacAlgorithm, KeyId: key.arn };
}
