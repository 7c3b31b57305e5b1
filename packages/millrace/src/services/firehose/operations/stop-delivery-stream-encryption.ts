import type {
  StopDeliveryStreamEncryptionInput,
  StopDeliveryStreamEncryptionOutput,
} from "@aws-sdk/client-firehose";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { checkEncryptable } from "../encryption/encryption-check.ts";
import { countedChange } from "../encryption/encryption-request.ts";
import type { FirehoseState } from "../state.ts";
import { findStream } from "../stream-lookup.ts";

/** Records that came before stay encrypted until they are delivered. */
export async function stopDeliveryStreamEncryption(
  state: FirehoseState,
  input: Input<StopDeliveryStreamEncryptionInput>,
  call: Call,
): Promise<StopDeliveryStreamEncryptionOutput> {
  const stream = findStream(state, input, call);
  checkEncryptable(stream.document);
  if (stream.document.encryption.status === "DISABLED") return {};
  await state.streams.change(stream, (document) => {
    checkEncryptable(document);
    const { inForce } = document.encryption;
    return {
      ...document,
      encryption: {
        status: "DISABLING",
        ...(inForce === undefined ? {} : { inForce }),
        changesMs: countedChange(document.encryption, state.clock.now()),
      },
    };
  });
  state.lifecycle.encryptionLater(stream);
  return {};
}
