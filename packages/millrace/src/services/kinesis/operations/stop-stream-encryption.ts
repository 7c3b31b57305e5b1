import type { StopStreamEncryptionInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";
import type { KinesisState } from "../state.ts";
import { findActiveStream, requireActive } from "../stream-lookup.ts";

export async function stopStreamEncryption(
  state: KinesisState,
  input: Input<StopStreamEncryptionInput>,
  call: Call,
): Promise<void> {
  const stream = findActiveStream(state, input, call);
  if (input.EncryptionType !== "KMS") throw invalidArgument("EncryptionType must be KMS.");
  await state.streams.startUpdate(stream, (document) => {
    requireActive({ document });
    const { keyId, ...rest } = document;
    if (keyId !== undefined && keyId !== input.KeyId)
      throw invalidArgument(
        `Stream ${document.name} under account ${document.account} is encrypted with ${keyId}, not with ${input.KeyId}.`,
      );
    return { ...rest, pending: { kind: "settings" } };
  });
}
