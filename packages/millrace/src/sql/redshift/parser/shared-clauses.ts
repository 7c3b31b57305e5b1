import type { ConnectionLimit, IamRole } from "../ast/schema.ts";
import type { Behavior, Collation } from "../ast/table.ts";
import type { TokenStream } from "./token-stream.ts";

export function acceptIfExists(stream: TokenStream): boolean {
  return stream.accept("if", "exists");
}

export function acceptIfNotExists(stream: TokenStream): boolean {
  return stream.accept("if", "not", "exists");
}

export function parseBehavior(stream: TokenStream): Behavior {
  return stream.acceptAny("cascade", "restrict");
}

/** One of these words. @throws SqlError a syntax error */
export function expectAny<T extends string>(stream: TokenStream, ...words: readonly T[]): T {
  const word = stream.acceptAny(...words);
  if (word === undefined) {
    throw stream.syntaxError();
  }
  return word;
}

/** `ON`, `OFF`, `TRUE`, `FALSE`; undefined when none of them follows. */
export function acceptSwitch(stream: TokenStream): boolean | undefined {
  const word = stream.acceptAny("on", "true", "off", "false");
  return word === undefined ? undefined : word === "on" || word === "true";
}

/** `YES` or `NO`. */
export function parseYesNo(stream: TokenStream): boolean {
  return expectAny(stream, "yes", "no") === "yes";
}

/** Behind COLLATE. */
export function parseCollation(stream: TokenStream): Collation {
  const word = expectAny(stream, "case_sensitive", "cs", "case_insensitive", "ci");
  return word === "case_sensitive" || word === "cs" ? "case_sensitive" : "case_insensitive";
}

/** Behind CONNECTION LIMIT. */
export function parseConnectionLimit(stream: TokenStream): ConnectionLimit {
  return stream.accept("unlimited") ? -1 : stream.integer();
}

/** Behind ISOLATION LEVEL of a database. */
export function parseDatabaseIsolation(stream: TokenStream): "serializable" | "snapshot" {
  return expectAny(stream, "serializable", "snapshot");
}

/** Behind IAM_ROLE and CATALOG_ROLE. */
export function parseIamRole(stream: TokenStream): IamRole {
  if (stream.accept("default")) {
    return { kind: "default" };
  }
  const text = stream.string();
  return text.toLowerCase() === "session"
    ? { kind: "session" }
    : { kind: "arns", arns: text.split(",").map((arn) => arn.trim()) };
}

/** A whole number that may have a sign. */
export function parseSignedInteger(stream: TokenStream): bigint {
  const sign = stream.acceptAny("-", "+");
  const token = stream.current;
  if (token.kind !== "number" || !/^\d+$/.test(token.value)) {
    throw stream.syntaxError();
  }
  stream.next();
  return sign === "-" ? -BigInt(token.value) : BigInt(token.value);
}

/** EXTERNALID: a name, kept as it was written, or a literal. */
export function parseExternalId(stream: TokenStream): string {
  const token = stream.current;
  if (token.kind === "string") {
    return stream.string();
  }
  stream.label();
  return token.kind === "quoted" ? token.value : stream.source(token);
}

/** Reads on to the end of the statement. */
export function skipToEnd(stream: TokenStream): void {
  while (!stream.atEnd()) {
    stream.next();
  }
}
