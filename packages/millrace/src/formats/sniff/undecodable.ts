/** Why a compressed file cannot be read: it is damaged, or Millrace does not read it. */
export class UndecodableError extends Error {
  readonly problem: "corrupt" | "unsupported";

  constructor(problem: "corrupt" | "unsupported", message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}
