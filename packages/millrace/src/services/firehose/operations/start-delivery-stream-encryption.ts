import type {
  StartDeliveryStreamEncryptionInput,
  StartDeliveryStreamEncryptionOutput,
} from "@aws-sdk/client-firehose";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { checkEncryptable } from "../encryption/encryption-check.ts";
import { countedChange, requestedKey } from "../encryption/encryption-request.ts";
import type { FirehoseState } from "../state.ts";
import { findStream } from "../stream-lookup.ts";

/** Also changes the key of a stream that is encrypted. */
export async function startDeliveryStreamEncryption(
  state: FirehoseState,
  input: Input<StartDeliveryStreamEncryptionInput>,
  call: Call,
): Promise<StartDeliveryStreamEncryptionOutput> {
  const stream = findStream(state, input, call);
  checkEncryptable(stream.document);
  const coming = await requestedKey(input.DeliveryStreamEncryptionConfigurationInput, call, state.keys);
  await state.streams.change(stream, (document) => {
    checkEncryptable(document);
    const { inForce } = document.encryption;
    return {
      ...document,
      encryption: {
        status: "ENABLING",
        coming,
        ...(inForce === undefined ? {} : { inForce }),
        changesMs: countedChange(document.encryption, state.clock.now()),
      },
    };
  });
  state.lifecycle.encryptionLater(stream);
  return {};
}
