import type { Clock } from "../../core/clock.ts";
import { ServiceError } from "../../core/errors.ts";
import { PipelineClosedError } from "../../kernels/delivery/index.ts";
import type { DeliveryStream, PastDelivery } from "../../services/firehose/index.ts";
import { deliveryAnswer } from "./delivery-use.ts";

export interface Flushed {
  readonly records: number;
  readonly bytes: number;
  /** That went to the error output: they are among the deliveries, with its type. */
  readonly failedRecords: number;
  readonly deliveries: readonly object[];
}

/**
 * Delivers what a stream has in buffers and answers when that is committed. When its destination does not take it,
 * the reason is the answer; the records stay where they are and are tried again as always.
 * @throws ServiceError 409 when the stream delivers nothing now, 502 when the destination refused, 504 when it takes
 * longer than `waitMs`
 */
export async function flushDelivery(
  stream: DeliveryStream,
  clock: Clock,
  { waitMs, signal }: { readonly waitMs: number; readonly signal: AbortSignal },
): Promise<Flushed> {
  const { pipeline, traffic, document } = stream;
  if (pipeline === undefined)
    throw new ServiceError("Conflict", `The delivery stream ${document.name} is ${document.status}.`, {
      status: 409,
    });
  const stop = new AbortController();
  const deliveries: PastDelivery[] = [];
  using _ = traffic.watch({
    delivered: (delivery) => void deliveries.push(delivery),
    failed: ({ kind, code, message }) => {
      if (kind === "attempt") stop.abort(refused(code, message));
    },
  });
  const timer = clock.after(waitMs, () => stop.abort(tooSlow(stream, waitMs)));
  try {
    await pipeline.flush(AbortSignal.any([signal, stop.signal]));
  } catch (error) {
    if (!(error instanceof PipelineClosedError)) throw error;
    throw new ServiceError("Conflict", "The delivery stream was closed.", { status: 409 });
  } finally {
    timer.cancel();
  }
  return answerOf(deliveries);
}

function answerOf(deliveries: readonly PastDelivery[]): Flushed {
  let [records, bytes, failedRecords] = [0, 0, 0];
  for (const delivery of deliveries) {
    if (delivery.errorOutputType !== undefined) failedRecords += delivery.records;
    else if (delivery.consumer === "destination") {
      records += delivery.records;
      bytes += delivery.bytes;
    }
  }
  return { records, bytes, failedRecords, deliveries: deliveries.map(deliveryAnswer) };
}

function refused(code: string, message: string): ServiceError {
  return new ServiceError(code, `${message} What is buffered stays there and is tried again.`, {
    status: 502,
  });
}

/** Between two attempts that fail there is nothing new to tell but the last failure. */
function tooSlow({ traffic }: DeliveryStream, waitMs: number): ServiceError {
  const last = traffic.failures.find(({ kind }) => kind === "attempt");
  const reason = last === undefined ? "" : ` The last attempt that failed: ${last.code}: ${last.message}`;
  return new ServiceError(
    "FlushTimeout",
    `The delivery takes longer than ${waitMs / 1_000} seconds and goes on in the background.${reason}`,
    { status: 504 },
  );
}
