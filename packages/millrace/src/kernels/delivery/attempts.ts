import type { Clock } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import type { DeliveryLimits } from "./limits.ts";
import { pause } from "./pause.ts";
import type { DeliveryRecord, FailedRecord } from "./record.ts";
import type { BatchIdentity, DeliveryOutcome, DeliveryRetry, EncodedBatch, Sink } from "./sink.ts";
import type { Turns } from "./turns.ts";

export interface AttemptParts {
  readonly sink: Sink;
  readonly identity: BatchIdentity;
  readonly encoded: EncodedBatch;
  /** Of the pauses between attempts, not of the attempts; undefined: for ever. */
  readonly retryMs: number | undefined;
  /** Held while the sink is at work, not while a retry waits. */
  readonly turns: Turns;
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits: DeliveryLimits;
  readonly signal: AbortSignal;
  /** An attempt failed and the next one waits, or the next one begins. */
  readonly onWaiting: (isWaiting: boolean) => void;
  readonly onAttemptFailed: (errorCode: string, errorMessage: string) => void;
}

/** What delivery came to, once nothing is left to try. */
export interface Attempted {
  /** Refused by the sink. */
  readonly failed: readonly FailedRecord[];
  /** Where the rest lies now, if the sink says so. */
  readonly place?: string | undefined;
  /** What was left when the time was over. */
  readonly givenUp?: GivenUp;
}

export interface GivenUp {
  readonly records: readonly DeliveryRecord[];
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly attempts: number;
}

/** Tries until it is done, or for as long as the plan says. Rejects with the signal's reason. */
export async function attemptDelivery(parts: AttemptParts): Promise<Attempted> {
  const { clock, retryMs, encoded, signal } = parts;
  let leftMs = retryMs ?? Number.POSITIVE_INFINITY;
  const failed: FailedRecord[] = [];
  let remaining: readonly DeliveryRecord[] | undefined = encoded.records;
  for (let attempt = 1; ; attempt++) {
    const outcome = await attemptOnce(parts, remaining, attempt);
    if (outcome.failed !== undefined) failed.push(...outcome.failed);
    const { retry } = outcome;
    if (retry === undefined) return { failed, place: outcome.place };
    remaining = retry.records ?? remaining;
    parts.onAttemptFailed(retry.errorCode, retry.errorMessage);
    if (leftMs <= 0 && remaining !== undefined) {
      const { errorCode, errorMessage } = retry;
      return { failed, givenUp: { records: remaining, errorCode, errorMessage, attempts: attempt } };
    }
    const wantedMs = retryDelayMs(parts.limits, retry, attempt);
    const delayMs = leftMs > 0 ? Math.min(wantedMs, leftMs) : wantedMs;
    parts.onWaiting(true);
    await pause(clock, delayMs, signal);
    signal.throwIfAborted();
    parts.onWaiting(false);
    leftMs -= delayMs;
  }
}

async function attemptOnce(
  { sink, identity, encoded, turns, signal, log }: AttemptParts,
  remaining: readonly DeliveryRecord[] | undefined,
  attempt: number,
): Promise<DeliveryOutcome> {
  return turns.run(async () => {
    signal.throwIfAborted();
    try {
      return await sink.deliver({ identity, encoded, remaining, attempt }, signal);
    } catch (error) {
      signal.throwIfAborted();
      const errorMessage = messageOf(error);
      log.error({ scope: identity.scope, error: errorMessage }, "a destination failed in a way of its own");
      return { retry: { errorCode: "InternalError", errorMessage } };
    }
  });
}

function retryDelayMs(limits: DeliveryLimits, retry: DeliveryRetry, attempt: number): number {
  const { firstRetryDelayMs, maxRetryDelayMs } = limits;
  const ownMs = firstRetryDelayMs * 2 ** Math.min(attempt - 1, 30);
  return Math.min(retry.delayMs ?? ownMs, maxRetryDelayMs);
}
