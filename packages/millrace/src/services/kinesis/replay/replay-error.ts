/** Why a replay has ended before its time, in words for whoever asked for it. */
export class ReplayError extends Error {
  override readonly name = "ReplayError";
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
