/** Why bytes do not become a row: they are no JSON, or not of the schema. */
export class JsonFailure extends Error {
  override readonly name = "JsonFailure";
  readonly kind: "malformed" | "mismatch";

  constructor(kind: "malformed" | "mismatch", message: string) {
    super(message);
    this.kind = kind;
  }
}

export function mismatch(message: string): JsonFailure {
  return new JsonFailure("mismatch", message);
}

/** As Java's parsers of numbers say it. */
export function notParsed(text: string): JsonFailure {
  return mismatch(
    `For input string: ${JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}...` : text)}`,
  );
}
