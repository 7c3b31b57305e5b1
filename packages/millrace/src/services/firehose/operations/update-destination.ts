import { isDeepStrictEqual } from "node:util";
import type { UpdateDestinationInput, UpdateDestinationOutput } from "@aws-sdk/client-firehose";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { updatedDestination } from "../destinations/kinds.ts";
import type { StreamDocument } from "../document.ts";
import { concurrentModification, invalidArgument, resourceInUse } from "../errors.ts";
import type { FirehoseState } from "../state.ts";
import { destinationId } from "../stream-description.ts";
import { findStream } from "../stream-lookup.ts";

type UpdateInput = Input<UpdateDestinationInput>;

export async function updateDestination(
  state: FirehoseState,
  input: UpdateInput,
  call: Call,
): Promise<UpdateDestinationOutput> {
  const stream = findStream(state, input, call);
  checkUpdate(stream.document, input);
  const { name } = stream.document;
  const request = { parts: state.parts, call, stream: { name, arn: stream.arn } };
  const destination = await updatedDestination(stream.document.destination, input, request);
  await state.streams.change(stream, (document) => {
    // Another update may have come first while this one was checked.
    checkUpdate(document, input);
    if (isDeepStrictEqual(destination, document.destination)) return document;
    const { version, destination: before } = document;
    return {
      ...document,
      version: version + 1,
      destination,
      applied: document.applied ?? { version, destination: before },
      updatedMs: state.clock.now(),
    };
  });
  state.lifecycle.applyLater(stream);
  return {};
}

function checkUpdate({ name, status, version }: StreamDocument, input: UpdateInput): void {
  if (status !== "ACTIVE")
    throw resourceInUse(`Cannot update firehose: ${name} when it is in ${status} status`);
  const { CurrentDeliveryStreamVersionId: specified, DestinationId: id } = input;
  if (specified !== String(version)) throw concurrentModification(name, version, specified);
  if (id !== destinationId) throw invalidArgument(`Destination Id ${id} not found`);
}
