import type { GetLogEventsRequest, GetLogEventsResponse } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidParameter, notImplemented } from "../errors.ts";
import { type EventPosition, horizonMs, type StoredEvent } from "../event-table.ts";
import { limits } from "../limits.ts";
import { findGroup } from "../lookup.ts";
import type { LogsState } from "../state.ts";

const beginning: EventPosition = Object.freeze({ timeMs: 0, seq: 0 });
const end: EventPosition = Object.freeze({
  timeMs: Number.MAX_SAFE_INTEGER,
  seq: Number.MAX_SAFE_INTEGER,
});

export function getLogEvents(
  state: LogsState,
  input: Input<GetLogEventsRequest>,
  call: Call,
): GetLogEventsResponse {
  if (input.unmask) throw notImplemented("GetLogEvents with unmask");
  const group = findGroup(state, input, call);
  const stream = state.groups.getStream(group, input.logStreamName);
  const token = input.nextToken === undefined ? undefined : parseToken(input.nextToken);
  const isDown = token?.isDown ?? !input.startFromHead;
  const from = token?.position ?? (isDown ? end : beginning);
  const range = {
    from,
    isDown,
    startMs: Math.max(input.startTime ?? 0, horizonMs(group, state.clock.now())),
    endMs: (input.endTime ?? Number.MAX_SAFE_INTEGER) - 1,
  };
  const events: StoredEvent[] = [];
  let bytes = 0;
  for (const event of state.events.ofStream(stream, range)) {
    bytes += Buffer.byteLength(event.message);
    if (events.length > 0 && bytes > limits.answerBytes) break;
    events.push(event);
    if (events.length >= (input.limit ?? limits.answerEvents)) break;
  }
  if (isDown) events.reverse();
  const [first, last] = [events[0], events.at(-1)];
  // A token that finds nothing is answered again, so that a reader knows that it is at the end.
  const nowhere = token?.position ?? beginning;
  return {
    events: events.map(({ timeMs, message, ingestedMs }) => ({
      timestamp: timeMs,
      message,
      ingestionTime: ingestedMs,
    })),
    nextForwardToken: formatToken(
      "f",
      last === undefined ? nowhere : { timeMs: last.timeMs, seq: last.seq + 1 },
    ),
    nextBackwardToken: formatToken("b", first ?? nowhere),
  };
}

/**
 *   token => ("f" | "b") "/" time[20] seq[36] "/s"
 *
 * Forward from, or backward to, a place between two events.
 */
function formatToken(direction: "f" | "b", { timeMs, seq }: EventPosition): string {
  return `${direction}/${String(timeMs).padStart(20, "0")}${String(seq).padStart(36, "0")}/s`;
}

function parseToken(token: string): { readonly isDown: boolean; readonly position: EventPosition } {
  const [, direction, time, seq] = /^([fb])\/(\d{20})(\d{36})\/s$/.exec(token) ?? [];
  const position = { timeMs: Number(time), seq: Number(seq) };
  if (!Number.isSafeInteger(position.timeMs) || !Number.isSafeInteger(position.seq))
    throw invalidParameter("The specified nextToken is invalid.");
  return { isDown: direction === "b", position };
}
