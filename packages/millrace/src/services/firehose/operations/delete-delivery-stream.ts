import type { DeleteDeliveryStreamInput, DeleteDeliveryStreamOutput } from "@aws-sdk/client-firehose";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { resourceInUse } from "../errors.ts";
import type { FirehoseState } from "../state.ts";
import { findStream } from "../stream-lookup.ts";

/** Records that are not delivered yet go with the stream. */
export async function deleteDeliveryStream(
  state: FirehoseState,
  input: Input<DeleteDeliveryStreamInput>,
  call: Call,
): Promise<DeleteDeliveryStreamOutput> {
  const stream = findStream(state, input, call);
  if (stream.document.status === "DELETING") return {};
  await state.streams.change(stream, (document) => {
    const { name, account, status } = document;
    if (status === "CREATING")
      throw resourceInUse(`Firehose ${name} under account ${account} cannot be deleted in ${status} state`);
    return { ...document, status: "DELETING" };
  });
  // What is on its way to the destination may take long.
  void state.lifecycle.finishLater(stream);
  return {};
}
