import { ServiceError } from "../../core/errors.ts";
import type { Call } from "../../gateway/call.ts";
import { BacklogFullError, PipelineClosedError } from "../../kernels/delivery/index.ts";
import {
  type Appended,
  LogBusyError,
  LogCipherError,
  LogError,
  LogFullError,
} from "../../kernels/log/index.ts";
import type { DeliveryStream } from "./delivery-stream.ts";
import type { DeliveryParty } from "./delivery-traffic.ts";
import { slowDown, streamNotActive } from "./errors.ts";
import type { FirehoseState } from "./state.ts";

/**
 * Takes records: they are durable, and are going to be delivered, when this resolves.
 * @throws ServiceError what a client sees when they are not taken; nothing of them is then.
 */
export async function takeRecords(
  state: FirehoseState,
  stream: DeliveryStream,
  records: readonly Uint8Array[],
  bytes: number,
  call: Pick<Call, "operation" | "receivedAt"> & DeliveryParty,
): Promise<Appended> {
  const { pipeline, appendOptions } = stream;
  // It could not be opened so far; that is tried again in the background.
  if (pipeline === undefined) throw slowDown();
  checkKey(state, stream);
  try {
    const appended = await pipeline.append(records, appendOptions);
    state.meter.took(stream, call.operation, call.receivedAt, records.length, bytes);
    stream.traffic.took(call, records.length, bytes, state.clock.now());
    return appended;
  } catch (error) {
    if (error instanceof BacklogFullError) state.meter.throttled(stream, records.length);
    throw refusal(stream, error);
  }
}

/** The log keeps opened data keys, so that it would not notice that a key must not be used any more. */
function checkKey({ keys, meter }: FirehoseState, stream: DeliveryStream): void {
  const { account, region, encryption } = stream.document;
  const keyArn = encryption.inForce?.keyArn;
  if (keyArn === undefined) return;
  try {
    keys.checkNow(keyArn, { account, region });
  } catch (error) {
    if (error instanceof ServiceError) meter.keyRefused(stream, String(error.members["code"] ?? ""));
    throw error;
  }
}

function refusal({ document }: DeliveryStream, error: unknown): unknown {
  if (error instanceof PipelineClosedError) return streamNotActive(document.name, document.account);
  if (error instanceof LogCipherError && error.cause instanceof ServiceError) return error.cause;
  if (error instanceof BacklogFullError || error instanceof LogBusyError || error instanceof LogFullError)
    return slowDown(error);
  // Whether the records are kept is not known: a client that tries again delivers them at least once.
  return error instanceof LogError ? slowDown(error) : error;
}
