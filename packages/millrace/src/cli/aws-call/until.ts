import { setTimeout as sleep } from "node:timers/promises";
import { CommandError, exitCodes } from "../command-error.ts";

export interface UntilOptions {
  /** Ends a sentence: `the stream flights is ACTIVE`. */
  readonly what: string;
  readonly timeoutMs: number;
  readonly pauseMs?: number;
  readonly signal?: AbortSignal | undefined;
}

const defaultPauseMs = 50;

/** Asks until there is an answer other than undefined. @throws CommandError with exit code 4 when it takes too long */
export async function until<T>(
  ask: () => Promise<T | undefined>,
  { what, timeoutMs, pauseMs = defaultPauseMs, signal }: UntilOptions,
): Promise<T> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > endMs)
      throw new CommandError(
        `It took more than ${Math.round(timeoutMs / 1000)} s until ${what}. "millrace logs" may tell why.`,
        exitCodes.timedOut,
      );
    await sleep(pauseMs, undefined, signal === undefined ? {} : { signal });
  }
}
