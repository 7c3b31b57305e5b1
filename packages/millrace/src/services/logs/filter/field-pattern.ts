import { invalidParameter } from "../errors.ts";
import { type Condition, holds, parseConditions } from "./conditions.ts";
import type { FilterPattern } from "./filter-pattern.ts";

interface Field {
  readonly name: string;
  readonly condition: Condition | undefined;
}

/** `[ip, user, ..., status = 4* || status = 5*, bytes > 1000]` */
export function fieldPattern(text: string): FilterPattern {
  if (!text.endsWith("]")) throw invalidParameter(`Invalid filter pattern: ${text}`);
  const parts = splitFields(text.slice(1, -1));
  const gap = parts.indexOf("...");
  if (gap !== parts.lastIndexOf("...")) throw invalidParameter(`Invalid filter pattern: ${text}`);
  const before = parts.slice(0, gap < 0 ? parts.length : gap).map(fieldOf);
  const after = gap < 0 ? [] : parts.slice(gap + 1).map((part, at) => fieldOf(part, gap + 1 + at));
  const read = (message: string): Map<string, string> | undefined =>
    valuesOf(fieldsIn(message), before, after, gap >= 0);
  return {
    matches: (message) => {
      const values = read(message);
      if (values === undefined) return false;
      return [...before, ...after].every(
        ({ condition }) =>
          condition === undefined ||
          holds(condition, (subject) => {
            const value = values.get(subject);
            return value === undefined ? [] : [value];
          }),
      );
    },
    extract: (message, selector) => read(message)?.get(selector.slice(1)),
    values: (message) =>
      Object.fromEntries([...(read(message) ?? [])].map(([name, value]) => [`$${name}`, value])),
  };
}

/** Splits at commas outside of quotation marks. */
function splitFields(text: string): string[] {
  const parts: string[] = [];
  let [start, isQuoted] = [0, false];
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    if (at < text.length && (text[at] !== "," || isQuoted)) continue;
    parts.push(text.slice(start, at).trim());
    start = at + 1;
  }
  return parts;
}

/** A field without a name is known by its number. */
function fieldOf(part: string, at: number): Field {
  const name = /^\(*\s*([\w-]+)/.exec(part)?.[1] ?? `${at + 1}`;
  return { name, condition: /^[\w-]*$/.test(part) ? undefined : parseConditions(part) };
}

/** The fields of a message: in brackets, in quotation marks, or up to the next space. */
function fieldsIn(message: string): string[] {
  const fields: string[] = [];
  const notSpace = /\S+/g;
  // A sign that is never closed is looked for once, however often it occurs.
  const unclosed = new Set<string>();
  for (let match = notSpace.exec(message); match !== null; match = notSpace.exec(message)) {
    const first = message[match.index] ?? "";
    const closing = first === "[" ? "]" : first === '"' ? '"' : undefined;
    const end = closing && !unclosed.has(closing) ? message.indexOf(closing, match.index + 1) : -1;
    if (closing !== undefined && end < 0) unclosed.add(closing);
    if (end < 0) {
      fields.push(match[0]);
      continue;
    }
    fields.push(message.slice(match.index + 1, end));
    notSpace.lastIndex = end + 1;
  }
  return fields;
}

/** Undefined when the message has not as many fields as the pattern. */
function valuesOf(
  fields: readonly string[],
  before: readonly Field[],
  after: readonly Field[],
  hasGap: boolean,
): Map<string, string> | undefined {
  const wanted = before.length + after.length;
  if (hasGap ? fields.length < wanted : fields.length !== wanted) return undefined;
  const values = new Map<string, string>();
  for (const [at, { name }] of before.entries()) values.set(name, fields[at] ?? "");
  const start = fields.length - after.length;
  for (const [at, { name }] of after.entries()) values.set(name, fields[start + at] ?? "");
  return values;
}
