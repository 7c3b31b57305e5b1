/**
 * Functions that services invoke: what AWS calls a Lambda function is a module of the user's or an HTTP
 * address here. Implemented by the server, which knows from its configuration which function is what.
 */
export interface Functions {
  /** Whether something is configured for a function, by its ARN or name. */
  has(functionArn: string): boolean;
  /**
   * Invokes a function and waits for its answer. An aborted signal ends that with the signal's reason.
   * @throws FunctionError
   */
  invoke(functionArn: string, payload: Buffer, signal: AbortSignal): Promise<Buffer>;
}

/** What went wrong: nothing is configured, the function threw, ran too long, refused more work, or could not be reached. */
export type FunctionFailure = "notFound" | "failed" | "timedOut" | "throttled" | "unreachable";

/** An invocation without an answer. */
export class FunctionError extends Error {
  override readonly name = "FunctionError";
  readonly failure: FunctionFailure;

  constructor(failure: FunctionFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}
