import type {
  PutLogEventsRequest,
  PutLogEventsResponse,
  RejectedLogEventsInfo,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidParameter } from "../errors.ts";
import { countedBytes, type LogEvent } from "../event-table.ts";
import type { LogGroupRow } from "../group-table.ts";
import { dayMs, limits } from "../limits.ts";
import { sequenceToken } from "../sequence-token.ts";
import type { LogsState } from "../state.ts";

export async function putLogEvents(
  state: LogsState,
  input: Input<PutLogEventsRequest>,
  call: Call,
): Promise<PutLogEventsResponse> {
  const events = input.logEvents.map(({ timestamp: timeMs, message }) => ({ timeMs, message }));
  checkBatch(events);
  const nowMs = state.clock.now();
  const { group, accepted, rejected } = await state.file.write(() => {
    const found = state.groups.get(call, input.logGroupName);
    const stream = state.groups.getStream(found, input.logStreamName);
    const range = acceptedRange(events, found, nowMs);
    const kept = events.slice(range.from, range.until);
    checkSpan(kept);
    state.append(found, stream, kept);
    return { group: found, accepted: kept, rejected: range.rejected };
  });
  state.metricFilters.publish(call, group, accepted);
  return {
    nextSequenceToken: sequenceToken(nowMs),
    ...(rejected === undefined ? {} : { rejectedLogEventsInfo: rejected }),
    // The events are kept; what they belong to is not.
    ...(input.entity === undefined ? {} : { rejectedEntityInfo: { errorType: "UnsupportedLogGroupType" } }),
  };
}

function checkBatch(events: readonly LogEvent[]): void {
  let bytes = 0;
  let lastMs = 0;
  for (const { timeMs, message } of events) {
    const eventBytes = countedBytes(message);
    if (eventBytes > limits.eventBytes)
      throw invalidParameter(
        `Log event too large: ${eventBytes} bytes exceeds limit of ${limits.eventBytes}`,
      );
    if (timeMs < lastMs)
      throw invalidParameter("Log events in a single PutLogEvents request must be in chronological order.");
    lastMs = timeMs;
    bytes += eventBytes;
  }
  if (bytes > limits.batchBytes)
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${limits.batchBytes}`);
}

/** Events are in the order of time, so those that are too old come first and those that are too new last. */
function acceptedRange(
  events: readonly LogEvent[],
  group: LogGroupRow,
  nowMs: number,
): { readonly from: number; readonly until: number; readonly rejected: RejectedLogEventsInfo | undefined } {
  const before = (ms: number): number => {
    const at = events.findIndex(({ timeMs }) => timeMs >= ms);
    return at < 0 ? events.length : at;
  };
  const tooOld = before(nowMs - limits.pastMs);
  const expired = group.retentionDays === undefined ? 0 : before(nowMs - group.retentionDays * dayMs);
  const until = before(nowMs + limits.futureMs + 1);
  const rejected = {
    ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
    ...(expired > tooOld ? { expiredLogEventEndIndex: expired } : {}),
    ...(until < events.length ? { tooNewLogEventStartIndex: until } : {}),
  };
  const isAny = Object.keys(rejected).length > 0;
  return { from: Math.max(tooOld, expired), until, rejected: isAny ? rejected : undefined };
}

function checkSpan(events: readonly LogEvent[]): void {
  const spanMs = (events.at(-1)?.timeMs ?? 0) - (events[0]?.timeMs ?? 0);
  if (spanMs > limits.batchSpanMs)
    throw invalidParameter(
      "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
    );
}
