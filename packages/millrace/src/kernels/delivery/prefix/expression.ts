import { DateTimePattern, DateTimePatternError } from "./date-time-pattern.ts";
import { constraint } from "./prefix-error.ts";

export type PrefixPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "timestamp"; readonly pattern: DateTimePattern }
  | { readonly kind: "randomString" }
  | { readonly kind: "errorOutputType" }
  | { readonly kind: "key"; readonly source: "query" | "lambda"; readonly name: string };

/** How a setting is called in errors. */
export type PrefixName = "Prefix" | "ErrorOutputPrefix";

/**
 * Reads a prefix:
 *
 *     prefix     := ( text | "!{" namespace ":" value "}" )*
 *     namespace  := "timestamp" | "firehose" | "partitionKeyFromQuery" | "partitionKeyFromLambda"
 *
 * `!{` begins an expression wherever it stands; a value holds no braces.
 *
 * @throws PrefixError
 */
export function parsePrefix(prefix: string, name: PrefixName): readonly PrefixPart[] {
  const parts: PrefixPart[] = [];
  let position = 0;
  for (;;) {
    const start = prefix.indexOf("!{", position);
    const text = prefix.slice(position, start < 0 ? undefined : start);
    if (text !== "") parts.push({ kind: "text", text });
    if (start < 0) return parts;
    const expression = /^!\{([^:{}]*):([^{}]*)\}/.exec(prefix.slice(start));
    if (expression === null) throw constraint("Invalid expression usage");
    const [whole, namespace = "", value = ""] = expression;
    parts.push(partOf(namespace, value, name));
    position = start + whole.length;
  }
}

function partOf(namespace: string, value: string, name: PrefixName): PrefixPart {
  switch (namespace) {
    case "timestamp":
      return { kind: "timestamp", pattern: patternOf(value, name) };
    case "firehose":
      if (value === "random-string") return { kind: "randomString" };
      if (value === "error-output-type") return { kind: "errorOutputType" };
      throw invalidValue(name);
    case "partitionKeyFromQuery":
    case "partitionKeyFromLambda":
      if (value === "") throw invalidValue(name);
      return { kind: "key", source: namespace === "partitionKeyFromQuery" ? "query" : "lambda", name: value };
    default:
      throw constraint(`Namespace to the left of colon (${namespace}) is an invalid keyword!`);
  }
}

function patternOf(value: string, name: PrefixName): DateTimePattern {
  try {
    if (value !== "") return new DateTimePattern(value);
  } catch (cause) {
    if (!(cause instanceof DateTimePatternError)) throw cause;
  }
  throw invalidValue(name);
}

function invalidValue(name: PrefixName): Error {
  return constraint(`Invalid conversion character used in the value of the expression in ${name}`);
}
