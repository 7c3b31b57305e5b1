import { ServiceError } from "../../../core/errors.ts";
import { validation } from "../errors.ts";
import type { AttributeValue } from "../values/attribute-value.ts";
import { checkValue } from "../values/check-value.ts";
import { ExpressionError } from "./lexer.ts";

/** The members of an input that expressions take their names and values from. */
export interface PlaceholderInput {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: unknown;
}

/** What `#name` and `:value` stand for in the expressions of one call, and which of them were used. */
export class Placeholders {
  readonly #names: ReadonlyMap<string, string>;
  readonly #values: ReadonlyMap<string, AttributeValue>;
  readonly #used = new Set<string>();

  constructor(input: PlaceholderInput) {
    this.#names = checkedNames(input.ExpressionAttributeNames);
    this.#values = checkedValues(input.ExpressionAttributeValues);
  }

  /** The attribute that `#name` stands for. @throws ExpressionError */
  name(placeholder: string): string {
    const name = this.#names.get(placeholder);
    if (name === undefined)
      throw new ExpressionError(
        `An expression attribute name used in the document path is not defined; attribute name: ${placeholder}`,
      );
    this.#used.add(placeholder);
    return name;
  }

  /** The value that `:value` stands for. @throws ExpressionError */
  value(placeholder: string): AttributeValue {
    const value = this.#values.get(placeholder);
    if (value === undefined)
      throw new ExpressionError(
        `An expression attribute value used in expression is not defined; attribute value: ${placeholder}`,
      );
    this.#used.add(placeholder);
    return value;
  }

  /** Once all expressions are parsed: refuses what none of them used. */
  checkUsed(): void {
    this.#checkUsed("ExpressionAttributeNames", this.#names);
    this.#checkUsed("ExpressionAttributeValues", this.#values);
  }

  #checkUsed(member: string, placeholders: ReadonlyMap<string, unknown>): void {
    const unused = [...placeholders.keys()].filter((key) => !this.#used.has(key));
    if (unused.length > 0)
      throw validation(`Value provided in ${member} unused in expressions: keys: {${unused.join(", ")}}`);
  }
}

function checkedNames(names: Readonly<Record<string, string>> | undefined): ReadonlyMap<string, string> {
  if (names === undefined) return new Map();
  const entries = Object.entries(names);
  if (entries.length === 0) throw validation("ExpressionAttributeNames must not be empty");
  for (const [key] of entries) checkPlaceholder("ExpressionAttributeNames", key, /^#[0-9a-zA-Z_]+$/);
  return new Map(entries);
}

function checkedValues(values: unknown): ReadonlyMap<string, AttributeValue> {
  if (values === undefined) return new Map();
  const entries = Object.entries(values as object);
  if (entries.length === 0) throw validation("ExpressionAttributeValues must not be empty");
  for (const [key] of entries) checkPlaceholder("ExpressionAttributeValues", key, /^:[0-9a-zA-Z_]+$/);
  return new Map(entries.map(([key, value]) => [key, checkedValue(key, value)]));
}

function checkPlaceholder(member: string, key: string, pattern: RegExp): void {
  if (!pattern.test(key)) throw validation(`${member} contains invalid key: Syntax error; key: "${key}"`);
}

function checkedValue(key: string, value: unknown): AttributeValue {
  try {
    return checkValue(value);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw validation(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${key}`);
  }
}
