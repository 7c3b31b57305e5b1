import { timingSafeEqual } from "node:crypto";
import type { VerifyMacRequest, VerifyMacResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidMac } from "../errors.ts";
import { endDryRun, useKey } from "../key-use.ts";
import { macOf } from "../mac.ts";
import type { KmsState } from "../state.ts";

export async function verifyMac(
  state: KmsState,
  input: Input<VerifyMacRequest>,
  call: Call,
): Promise<VerifyMacResponse> {
  const { MacAlgorithm, Message, Mac } = input;
  const key = await useKey(state, input, call, "GENERATE_VERIFY_MAC");
  const expected = macOf(state, key, MacAlgorithm, Message);
  if (Mac.length !== expected.length || !timingSafeEqual(Mac, expected)) throw invalidMac();
  endDryRun(input.DryRun);
  return { KeyId: key.arn, MacValid: true, MacAlgorithm };
}
