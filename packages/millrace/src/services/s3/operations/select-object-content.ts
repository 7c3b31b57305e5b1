import type {
  SelectObjectContentEventStream,
  SelectObjectContentOutput,
  SelectObjectContentRequest,
} from "@aws-sdk/client-s3";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { ObjectGoneError } from "../../../kernels/objects/index.ts";
import { neededKey } from "../customer-key.ts";
import { findObject } from "../object-lookup.ts";
import { checkReadable } from "../restoration.ts";
import { selectError } from "../select/select-error.ts";
import { openSelection, type Selection } from "../select/selection.ts";
import { inputFormat, outputWriter } from "../select/serialization.ts";
import { parseSelect } from "../select/sql/select-parser.ts";
import type { S3State } from "../state.ts";

/** An object may be overwritten between being found and being opened, but hardly so often. */
const maxAttempts = 5;

export async function selectObjectContent(
  state: S3State,
  input: Input<SelectObjectContentRequest>,
  call: Call,
): Promise<SelectObjectContentOutput> {
  if (input.ExpressionType?.toUpperCase() !== "SQL") throw selectError("InvalidExpressionType");
  const statement = parseSelect(input.Expression);
  const format = inputFormat(input.InputSerialization);
  const writer = outputWriter(input.OutputSerialization);
  for (let attempt = 1; ; attempt++) {
    const nowMs = state.clock.now();
    const { version } = findObject(state, input, "POST");
    if (version.storageClass === "REDUCED_REDUNDANCY") throw selectError("UnsupportedStorageClass");
    checkReadable(version, nowMs);
    const selection: Selection = {
      version,
      customerKey: neededKey(version, input),
      statement,
      format,
      writer,
      scanRange: input.ScanRange,
      progress: input.RequestProgress?.Enabled ?? false,
    };
    try {
      return { Payload: await begun(openSelection(state, selection, call), call.signal) };
    } catch (thrown) {
      if (!(thrown instanceof ObjectGoneError) || attempt >= maxAttempts) throw thrown;
    }
  }
}

type Events = AsyncGenerator<SelectObjectContentEventStream>;

/**
 * Waits for the first event, so that what is wrong from the start is answered as an error and not inside the
 * stream. A client that leaves before it reads on leaves nobody to end the stream.
 */
async function begun(events: Events, signal: AbortSignal): Promise<Events> {
  const first = await events.next();
  const leave = (): void => void events.return(undefined).catch(() => undefined);
  if (signal.aborted) leave();
  else signal.addEventListener("abort", leave, { once: true });
  return (async function* () {
    try {
      if (first.done !== true) yield first.value;
      yield* events;
    } finally {
      signal.removeEventListener("abort", leave);
      await events.return(undefined);
    }
  })();
}
