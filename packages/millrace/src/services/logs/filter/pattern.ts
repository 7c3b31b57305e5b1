import { fieldPattern } from "./field-pattern.ts";
import type { FilterPattern } from "./filter-pattern.ts";
import { jsonPattern } from "./json-pattern.ts";
import { termPattern } from "./term-pattern.ts";

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
