import { invalidParameter } from "../errors.ts";
import { type Condition, holds, parseConditions } from "./conditions.ts";
import type { FilterPattern } from "./filter-pattern.ts";

type Step = string | number | typeof anyMember;

const anyMember: unique symbol = Symbol("any member");
const stepPattern = /\.(\*)|\.([\w-]+)|\[(\d+)\]|\[(\*)\]|\["([^"]*)"\]|\['([^']*)'\]/y;

/** `{ $.status = 4* && ($.user.name = "ann" || $.tags[0] IS NULL) }` */
export function jsonPattern(text: string): FilterPattern {
  if (!text.endsWith("}")) throw invalidParameter(`Invalid filter pattern: ${text}`);
  const condition = parseConditions(text.slice(1, -1).trim());
  const selectors = new Map<string, readonly Step[]>();
  collectSelectors(condition, selectors);
  return {
    matches: (message) => {
      const document = objectIn(message);
      if (document === undefined) return false;
      return holds(condition, (subject) => find(document, selectors.get(subject) ?? []));
    },
    extract: (message, selector) => {
      const document = objectIn(message);
      return document === undefined ? undefined : textOf(find(document, stepsOf(selector))[0]);
    },
    values: (message) => {
      const document = objectIn(message);
      const values: [string, string][] = [];
      for (const [selector, steps] of selectors) {
        const value = textOf(find(document, steps)[0]);
        if (value !== undefined) values.push([selector, value]);
      }
      return Object.fromEntries(values);
    },
  };
}

function collectSelectors(condition: Condition, into: Map<string, readonly Step[]>): void {
  if ("left" in condition) {
    collectSelectors(condition.left, into);
    collectSelectors(condition.right, into);
    return;
  }
  into.set(condition.subject, stepsOf(condition.subject));
}

/** `$.a["b"][0]` as the steps into a document. */
function stepsOf(selector: string): readonly Step[] {
  const steps: Step[] = [];
  if (!selector.startsWith("$")) throw invalidParameter(`Invalid selector in a filter pattern: ${selector}`);
  for (let at = 1; at < selector.length; at = stepPattern.lastIndex) {
    stepPattern.lastIndex = at;
    const match = stepPattern.exec(selector);
    if (match === null) throw invalidParameter(`Invalid selector in a filter pattern: ${selector}`);
    const [, anyName, name, index, anyIndex, quoted, single] = match;
    if (anyName !== undefined || anyIndex !== undefined) steps.push(anyMember);
    else steps.push(index === undefined ? (name ?? quoted ?? single ?? "") : Number(index));
  }
  return steps;
}

function find(document: unknown, steps: readonly Step[]): readonly unknown[] {
  let found: unknown[] = [document];
  for (const step of steps)
    found = found.flatMap((value) => {
      if (typeof value !== "object" || value === null) return [];
      if (step === anyMember) return Object.values(value);
      return Object.hasOwn(value, step) ? [(value as Record<string, unknown>)[step]] : [];
    });
  return found;
}

/** The object in a message; undefined when the message is something else. */
function objectIn(message: string): object | undefined {
  // Most lines that are not JSON are told without the cost of an exception.
  if (!/^\s*\{/.test(message)) return undefined;
  try {
    return JSON.parse(message) as object;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
