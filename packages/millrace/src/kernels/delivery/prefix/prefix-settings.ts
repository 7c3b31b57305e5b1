import { type PrefixPart, parsePrefix } from "./expression.ts";
import { checkedPrefix, defaultTimeParts, type Prefix } from "./prefix.ts";
import { constraint, PrefixError } from "./prefix-error.ts";

/** What a stream says about the prefixes of its objects. "" is the same as nothing. */
export interface PrefixSettings {
  readonly prefix?: string | undefined;
  readonly errorOutputPrefix?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly dynamicPartitioning?: boolean;
  /** Redshift takes plain prefixes only. */
  readonly expressions?: boolean;
}

export interface Prefixes {
  readonly output: Prefix;
  readonly errors: Prefix;
}

/**
 * Prefixes as AWS evaluates them. A prefix without expressions is followed by the time; one with any is taken
 * as it is. Failed records go to `<ErrorOutputPrefix, or else Prefix><type of the error>/<time>` when no
 * expression says otherwise.
 *
 * Rules: docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html.
 * @throws PrefixError
 */
export function compilePrefixes(settings: PrefixSettings): Prefixes {
  const output = parsePrefix(settings.prefix ?? "", "Prefix");
  const errors = parsePrefix(settings.errorOutputPrefix ?? "", "ErrorOutputPrefix");
  checkTogether(output, errors, settings);
  const timeZone = settings.timeZone ?? "";
  return {
    output: checkedPrefix(hasExpressions(output) ? output : [...output, ...defaultTimeParts], {
      name: "Prefix",
      timeZone,
    }),
    errors: checkedPrefix(errorParts(output, errors), { name: "ErrorOutputPrefix", timeZone }),
  };
}

function errorParts(output: readonly PrefixPart[], errors: readonly PrefixPart[]): readonly PrefixPart[] {
  if (hasExpressions(errors)) return errors;
  const text = errors.length > 0 ? errors : output;
  return [...text, { kind: "errorOutputType" }, { kind: "text", text: "/" }, ...defaultTimeParts];
}

function checkTogether(
  output: readonly PrefixPart[],
  errors: readonly PrefixPart[],
  settings: PrefixSettings,
): void {
  if (settings.expressions === false && (hasExpressions(output) || errors.length > 0)) {
    throw new PrefixError(
      "Prefix must not contain expressions and ErrorOutputPrefix must be null when the destination is Amazon Redshift",
    );
  }
  if (output.some(isErrorType)) {
    throw constraint("Prefix must not contain any occurrence of !{firehose:error-output-type}");
  }
  if (errors.some(isKey)) {
    throw constraint("Dynamic Partitioning Namespaces can't be part of an error prefix expression");
  }
  if (hasExpressions(output) && errors.length === 0) {
    throw constraint("ErrorOutputPrefix cannot be null or empty when Prefix contains expressions");
  }
  if (hasExpressions(errors) && !errors.some(isErrorType)) {
    throw constraint(
      "ErrorOutputPrefix must contain at least one occurrence of !{firehose:error-output-type}",
    );
  }
  if (settings.dynamicPartitioning === true && !output.some(isKey)) {
    throw new PrefixError(
      "S3 Prefix should contain Dynamic Partitioning namespaces when Dynamic Partitioning is enabled",
    );
  }
  if (settings.dynamicPartitioning !== true && output.some(isKey)) {
    throw new PrefixError(
      "Dynamic Partitioning Namespaces can only be part of a prefix expression when Dynamic Partitioning is enabled",
    );
  }
}

function hasExpressions(parts: readonly PrefixPart[]): boolean {
  return parts.some((part) => part.kind !== "text");
}

function isErrorType(part: PrefixPart): boolean {
  return part.kind === "errorOutputType";
}

function isKey(part: PrefixPart): boolean {
  return part.kind === "key";
}
