import { EvaluationError, NeedsExactIntegers } from "../../../sql/flink/functions/scalar-function.ts";
import type { PlanNode } from "../plan/physical-plan.ts";
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

/** Characters of an operator's description in an error. */
const maxDescription = 200;

/** A row that cannot be computed, with the operator that could not. */
class OperatorFailure extends Error {
  override readonly name = "OperatorFailure";
}

/** Says in which operator a value could not be computed; other errors know where they come from. */
export function inOperator(error: unknown, { description }: PlanNode): unknown {
  if (!(error instanceof EvaluationError)) return error;
  const isLong = description.length > maxDescription;
  const what = isLong ? `${description.slice(0, maxDescription)}...` : description;
  return new OperatorFailure(`${error.message}, in ${what}`, { cause: error });
}
