/** A pattern that Java refuses. */
export class UnknownPattern extends Error {
  override readonly name = "UnknownPattern";
}

/** A pattern that Java has a meaning for, and JavaScript has not. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}
