import { fieldPattern } from "./field-pattern.ts";
import { jsonPattern } from "./json-pattern.ts";
import { termPattern } from "./term-pattern.ts";

/** A filter pattern of CloudWatch Logs, read. */
export interface FilterPattern {
  matches(message: string): boolean;
  /** What `$.a.b` or `$field` finds in a message; undefined when it finds nothing. */
  extract(message: string, selector: string): string | undefined;
  /** The values that TestMetricFilter shows, by their selectors. */
  values(message: string): Record<string, string>;
}

/**
 *   pattern => "{" conditions "}"    an object of JSON
 *            | "[" fields "]"        fields between spaces
 *            | terms                 words that the message contains; without any, everything matches
 *
 * @throws ServiceError when the pattern cannot be read.
 */
export function parseFilterPattern(text: string): FilterPattern {
  const trimmed = text.trim();
  if (trimmed.startsWith("{")) return jsonPattern(trimmed);
  if (trimmed.startsWith("[")) return fieldPattern(trimmed);
  return termPattern(trimmed);
}
