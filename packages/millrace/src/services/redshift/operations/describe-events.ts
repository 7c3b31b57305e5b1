import type { DescribeEventsMessage, Event, EventsMessage } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { EventDocument } from "../document.ts";
import { invalidCombination, invalidValue } from "../errors.ts";
import { limits } from "../limits.ts";
import { pageOf } from "../paging.ts";
import type { RedshiftState } from "../state.ts";

const minuteMs = 60_000;
const sequenceDigits = 12;

/** Those of the last hour where nothing else is said. */
export function describeEvents(
  state: RedshiftState,
  input: Input<DescribeEventsMessage>,
  call: Call,
): EventsMessage {
  if (input.SourceIdentifier && !input.SourceType)
    throw invalidCombination("SourceType must be provided if SourceIdentifier is provided.");
  const { fromMs, untilMs } = periodOf(input, state.clock.now());
  const source = input.SourceIdentifier?.toLowerCase();
  const found = state.events
    .list(call, state.clock.now())
    .filter(({ atMs }) => atMs >= fromMs && atMs <= untilMs)
    .filter((event) => !input.SourceType || event.sourceType === input.SourceType)
    .filter((event) => !source || event.source === source);
  const keyOf = ({ sequence }: EventDocument): string => String(sequence).padStart(sequenceDigits, "0");
  const { items, rest } = pageOf(state, call, input, found, keyOf);
  return { Events: items.map(describe), ...rest };
}

function periodOf(
  { StartTime, EndTime, Duration }: Input<DescribeEventsMessage>,
  nowMs: number,
): { readonly fromMs: number; readonly untilMs: number } {
  if (Duration !== undefined && (Duration < 1 || Duration > limits.eventMinutesMax))
    throw invalidValue(`Duration must be between 1 and ${limits.eventMinutesMax} minutes.`);
  const lengthMs = (Duration ?? limits.eventMinutes) * minuteMs;
  const startMs = StartTime?.getTime();
  const endMs = EndTime?.getTime();
  const untilMs = endMs ?? (startMs === undefined || Duration === undefined ? nowMs : startMs + lengthMs);
  const fromMs = startMs ?? untilMs - lengthMs;
  if (fromMs > untilMs) throw invalidCombination("StartTime must be before EndTime.");
  return { fromMs, untilMs };
}

function describe(event: EventDocument): Event {
  return {
    SourceIdentifier: event.source,
    SourceType: event.sourceType,
    Message: event.message,
    EventCategories: [event.category],
    Severity: event.severity,
    Date: new Date(event.atMs),
    EventId: event.id,
  };
}
