/** A policy document that cannot be used; `path` names the offending element: `Statement[0].Action`. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
  readonly path: string;

  constructor(path: string, problem: string) {
    super(path === "" ? problem : `${path}: ${problem}`);
    this.path = path;
  }
}
