import { randomBytes } from "node:crypto";
import type { GenerateRandomRequest, GenerateRandomResponse } from "@aws-sdk/client-kms";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { notImplemented, validation } from "../errors.ts";
import { refuseRecipient } from "../key-use.ts";
import type { KmsState } from "../state.ts";

export function generateRandom(
  _state: KmsState,
  input: Input<GenerateRandomRequest>,
  _call: Call,
): GenerateRandomResponse {
  refuseRecipient(input.Recipient);
  if (input.CustomKeyStoreId !== undefined) throw notImplemented("custom key stores");
  if (input.NumberOfBytes === undefined) throw validation("NumberOfBytes is required.");
  return { Plaintext: randomBytes(input.NumberOfBytes) };
}
