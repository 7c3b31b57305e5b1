import { NeedsExactIntegers } from "../../../sql/flink/functions/scalar-function.ts";
import type { FailureText } from "./subtask-port.ts";

/** What ended a subtask, as it was thrown in its thread. */
export class SubtaskFailure extends Error {
  override readonly name: string;

  constructor(failure: FailureText) {
    super(failure.message);
    this.name = failure.name;
    if (failure.stack !== undefined) this.stack = failure.stack;
  }
}

/** Errors of another thread keep their name alone. */
export function needsExactIntegers(error: unknown): boolean {
  return error instanceof Error && error.name === new NeedsExactIntegers().name;
}

/** The job was ended from outside. */
export class StoppedError extends Error {
  override readonly name = "StoppedError";
}
