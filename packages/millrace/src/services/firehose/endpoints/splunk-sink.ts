import type { Clock } from "../../../core/clock.ts";
import {
  type Delivery,
  type DeliveryOutcome,
  type DeliveryRecord,
  pause,
  type Sink,
} from "../../../kernels/delivery/index.ts";
import {
  type OutboundAnswer,
  type OutboundBody,
  OutboundError,
  type OutboundFailure,
  send,
} from "./outbound-request.ts";
import { requestIdOf } from "./request-id.ts";

export interface SplunkTarget {
  /** Of the HTTP Event Collector, without a path: `https://splunk:8088`. */
  readonly endpoint: URL;
  readonly type: "Raw" | "Event";
  readonly token: string;
  /** How long an indexer may take to acknowledge. */
  readonly acknowledgementTimeoutMs: number;
}

/** What the error log and the error output call it; names of Firehose's documentation. */
const failureCodes: Readonly<Record<OutboundFailure, string>> = {
  timeout: "Splunk.ConnectionTimeout",
  connection: "Splunk.InvalidEndpoint",
  reset: "Splunk.ConnectionClosed",
  tls: "Splunk.SSLHandshake",
  "too-large": "Splunk.InvalidHecResponseCharacter",
  protocol: "Splunk.InvalidHecResponseCharacter",
};

/** By the code in the collector's answer. Source: "Troubleshoot HTTP Event Collector" of Splunk's documentation. */
const collectorCodes: Readonly<Record<number, string>> = {
  1: "Splunk.DisabledToken",
  2: "Splunk.InvalidToken",
  3: "Splunk.InvalidToken",
  4: "Splunk.InvalidToken",
  6: "Splunk.InvalidDataFormat",
  7: "Splunk.InvalidIndex",
  8: "Splunk.ServerError",
  9: "Splunk.IndexerBusy",
  14: "Splunk.AcknowledgementsDisabled",
};

const requestTimeoutMs = 60_000;
const maxAnswerBytes = 64 * 1024;
const acknowledgementPollMs = 1_000;

/**
 * Delivers to Splunk's HTTP Event Collector, and counts a batch as delivered when the indexer has acknowledged
 * it: one request a batch, then polls for its acknowledgement.
 */
export class SplunkSink implements Sink {
  readonly #target: SplunkTarget;
  readonly #clock: Clock;
  readonly #onAcknowledged: (latencyMs: number) => void;

  /** @param onAcknowledged told how long an acknowledgement took. */
  constructor(target: SplunkTarget, clock: Clock, onAcknowledged: (latencyMs: number) => void = () => {}) {
    this.#target = target;
    this.#clock = clock;
    this.#onAcknowledged = onAcknowledged;
  }

  async deliver(delivery: Delivery, signal: AbortSignal): Promise<DeliveryOutcome> {
    const records = delivery.remaining ?? delivery.encoded.records ?? [];
    // Sent again after a failure, a batch has the same channel: where it was lost nobody knows it.
    const channel = requestIdOf(delivery.identity);
    try {
      const sent = await this.#sendEvents(channel, records, signal);
      if (sent.status === 413) return this.#tooLarge(records, delivery.attempt);
      const said = answerOf(sent);
      if (sent.status !== 200) return { retry: refusalOf(sent, said) };
      if (said?.ackId === undefined) return { retry: noAcknowledgements };
      return await this.#acknowledged(channel, said.ackId, signal);
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      return { retry: { errorCode: failureCodes[error.kind], errorMessage: error.message } };
    }
  }

  #sendEvents(
    channel: string,
    records: readonly DeliveryRecord[],
    signal: AbortSignal,
  ): Promise<OutboundAnswer> {
    return this.#post(this.#target.type.toLowerCase(), channel, lines(records), signal);
  }

  /** Asks until the indexer has acknowledged, or its time is over. */
  async #acknowledged(channel: string, ackId: number, signal: AbortSignal): Promise<DeliveryOutcome> {
    const { acknowledgementTimeoutMs } = this.#target;
    const sentMs = this.#clock.now();
    const untilMs = sentMs + acknowledgementTimeoutMs;
    for (;;) {
      const question = Buffer.from(JSON.stringify({ acks: [ackId] }));
      const body = { sizeBytes: question.byteLength, read: () => [question] };
      const answer = await this.#post("ack", channel, body, signal);
      if (answer.status !== 200) return { retry: refusalOf(answer, answerOf(answer)) };
      if (answerOf(answer)?.acks?.[String(ackId)] === true) {
        this.#onAcknowledged(this.#clock.now() - sentMs);
        return {};
      }
      if (this.#clock.now() >= untilMs)
        return {
          retry: {
            errorCode: "Splunk.AckTimeout",
            errorMessage: `Splunk has not acknowledged the data within ${acknowledgementTimeoutMs / 1000} seconds.`,
          },
        };
      await pause(this.#clock, acknowledgementPollMs, signal);
      signal.throwIfAborted();
    }
  }

  #post(path: string, channel: string, body: OutboundBody, signal: AbortSignal): Promise<OutboundAnswer> {
    const { endpoint, token } = this.#target;
    const url = new URL(`/services/collector/${path}?channel=${channel}`, endpoint);
    const headers = {
      authorization: `Splunk ${token}`,
      "content-type": "application/json",
      "x-splunk-request-channel": channel,
    };
    return send({ url, method: "POST", headers, body, timeoutMs: requestTimeoutMs, maxAnswerBytes }, signal);
  }

  /** The same bytes would be too many again. */
  #tooLarge(records: readonly DeliveryRecord[], attempt: number): DeliveryOutcome {
    const attemptEndedMs = this.#clock.now();
    return {
      failed: records.map((record) => ({
        record,
        outputType: "splunk-failed",
        errorCode: "Splunk.ServerError.ContentTooLarge",
        errorMessage: "The collector takes no request of this size.",
        attemptsMade: attempt,
        attemptEndedMs,
      })),
    };
  }
}

const noAcknowledgements = {
  errorCode: "Splunk.DisabledAck",
  errorMessage: "Splunk answers no acknowledgement id: the token needs indexer acknowledgement.",
} as const;

/** The records one after the other, each on a line of its own. */
function lines(records: readonly DeliveryRecord[]): OutboundBody {
  const parts: Buffer[] = [];
  for (const { data } of records) {
    parts.push(data);
    if (data.at(-1) !== lineFeed[0]) parts.push(lineFeed);
  }
  const sizeBytes = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return { sizeBytes, read: () => parts };
}

const lineFeed = Buffer.from("\n");

interface CollectorAnswer {
  readonly text?: string;
  readonly code?: number;
  readonly ackId?: number;
  readonly acks?: Readonly<Record<string, boolean>>;
}

function answerOf({ body }: OutboundAnswer): CollectorAnswer | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function refusalOf(
  { status }: OutboundAnswer,
  said: CollectorAnswer | undefined,
): { readonly errorCode: string; readonly errorMessage: string } {
  const errorMessage = `Status ${status}${typeof said?.text === "string" ? `: ${said.text}` : ""}`;
  const named = said?.code === undefined ? undefined : collectorCodes[said.code];
  if (named !== undefined) return { errorCode: named, errorMessage };
  if (status === 404) return { errorCode: "Splunk.URLNotFound", errorMessage };
  if (status >= 200 && status < 400) return { errorCode: "Splunk.InvalidHecResponseCharacter", errorMessage };
  return { errorCode: "Splunk.ServerError", errorMessage };
}
