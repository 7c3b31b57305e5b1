import type {
  FilteredLogEvent,
  FilterLogEventsRequest,
  FilterLogEventsResponse,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidParameter, notImplemented } from "../errors.ts";
import { type EventPosition, type GroupEvent, horizonMs } from "../event-table.ts";
import { parseFilterPattern } from "../filter/pattern.ts";
import { limits } from "../limits.ts";
import { findGroup } from "../lookup.ts";
import { openPage, sealPage } from "../page.ts";
import type { LogsState } from "../state.ts";

interface PagePosition {
  readonly position: EventPosition;
  readonly isDown: boolean;
}

/** One call looks at a bounded number of events; like on AWS, a page may be empty and still have a token. */
export function filterLogEvents(
  state: LogsState,
  input: Input<FilterLogEventsRequest>,
  call: Call,
): FilterLogEventsResponse {
  const { logStreamNames: names, logStreamNamePrefix: prefix, filterPattern = "" } = input;
  if (input.unmask) throw notImplemented("FilterLogEvents with unmask");
  if (names !== undefined && prefix !== undefined)
    throw invalidParameter("logStreamNamePrefix and logStreamNames are mutually exclusive parameters.");
  const group = findGroup(state, input, call);
  const pattern = parseFilterPattern(filterPattern);
  const { startTime, endTime } = input;
  const filters = { group: group.id, names: names?.join("\n"), prefix, filterPattern, startTime, endTime };
  const page = startOf(state, input, call, filters);
  const range = {
    from: page.position,
    isDown: page.isDown,
    startMs: Math.max(startTime ?? 0, horizonMs(group, state.clock.now())),
    endMs: endTime ?? Number.MAX_SAFE_INTEGER,
  };
  const wanted = names && new Set(names);
  const budget = new PageBudget(input.limit ?? limits.answerEvents);
  const events: FilteredLogEvent[] = [];
  let last: GroupEvent | undefined;
  let hasMore = false;
  for (const event of state.events.ofGroup(group, range)) {
    hasMore = !budget.allows(event);
    if (hasMore) break;
    last = event;
    const isOfStream = wanted?.has(event.stream) ?? event.stream.startsWith(prefix ?? "");
    if (!isOfStream || !pattern.matches(event.message)) continue;
    events.push(describe(event));
    budget.answered(event);
  }
  const next = last && { timeMs: last.timeMs, seq: page.isDown ? last.seq : last.seq + 1 };
  const token =
    hasMore && next ? sealPage(state, call, { position: next, isDown: page.isDown }, filters) : undefined;
  return { events, searchedLogStreams: [], ...(token === undefined ? {} : { nextToken: token }) };
}

function startOf(
  state: LogsState,
  input: Input<FilterLogEventsRequest>,
  call: Call,
  filters: Parameters<typeof openPage>[3],
): PagePosition {
  if (input.nextToken !== undefined) return openPage<PagePosition>(state, call, input.nextToken, filters);
  const isDown = input.startFromHead === false;
  const end = Number.MAX_SAFE_INTEGER;
  return { isDown, position: isDown ? { timeMs: end, seq: end } : { timeMs: 0, seq: 0 } };
}

/** What one page may still look at and answer. */
class PageBudget {
  #scannedEvents = 0;
  #scannedBytes = 0;
  #events = 0;
  #bytes = 0;
  readonly #maxEvents: number;

  constructor(maxEvents: number) {
    this.#maxEvents = maxEvents;
  }

  /** Whether the page may go on with this event. */
  allows({ message }: GroupEvent): boolean {
    const isFull = this.#events >= this.#maxEvents || this.#scannedEvents >= limits.scannedEvents;
    const isTooMuch =
      this.#scannedBytes >= limits.scannedBytes ||
      (this.#events > 0 && this.#bytes + message.length > limits.answerBytes);
    if (isFull || isTooMuch) return false;
    this.#scannedEvents++;
    this.#scannedBytes += message.length;
    return true;
  }

  answered({ message }: GroupEvent): void {
    this.#events++;
    this.#bytes += Buffer.byteLength(message);
  }
}

function describe({ stream, timeMs, message, ingestedMs, seq }: GroupEvent): FilteredLogEvent {
  return {
    logStreamName: stream,
    timestamp: timeMs,
    message,
    ingestionTime: ingestedMs,
    eventId: `${String(timeMs).padStart(20, "0")}${String(seq).padStart(36, "0")}`,
  };
}
