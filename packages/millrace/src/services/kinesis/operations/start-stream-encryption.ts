import type { StartStreamEncryptionInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";
import type { KinesisState } from "../state.ts";
import { findActiveStream, requireActive } from "../stream-lookup.ts";

export async function startStreamEncryption(
  state: KinesisState,
  input: Input<StartStreamEncryptionInput>,
  call: Call,
): Promise<void> {
  const stream = findActiveStream(state, input, call);
  if (input.EncryptionType !== "KMS") throw invalidArgument("EncryptionType must be KMS.");
  const { region, account } = stream.document;
  await state.keys.check(input.KeyId, { region, account });
  await state.streams.startUpdate(stream, (document) => {
    requireActive({ document });
    return { ...document, keyId: input.KeyId, pending: { kind: "settings" } };
  });
}
