import { validation } from "../errors.ts";
import type { Condition } from "./condition.ts";
import { parseCondition } from "./condition-parser.ts";
import {
  type LegacyCondition,
  type LegacyExpectation,
  legacyExpectation,
  legacyFilter,
} from "./legacy-conditions.ts";
import { legacyUpdate } from "./legacy-update.ts";
import { ExpressionError } from "./lexer.ts";
import type { Path } from "./path.ts";
import { type PlaceholderInput, Placeholders } from "./placeholders.ts";
import { parseProjection } from "./projection.ts";
import type { Update } from "./update.ts";
import { parseUpdate } from "./update-parser.ts";

/** The members of any input that say what to read, to write, and on which conditions, in both styles. */
export interface ExpressionInput extends PlaceholderInput {
  readonly ConditionExpression?: string | undefined;
  readonly FilterExpression?: string | undefined;
  readonly KeyConditionExpression?: string | undefined;
  readonly ProjectionExpression?: string | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly AttributesToGet?: readonly string[] | undefined;
  readonly AttributeUpdates?: Readonly<Record<string, object>> | undefined;
  readonly ConditionalOperator?: string | undefined;
  readonly Expected?: Readonly<Record<string, object>> | undefined;
  readonly KeyConditions?: Readonly<Record<string, object>> | undefined;
  readonly QueryFilter?: Readonly<Record<string, object>> | undefined;
  readonly ScanFilter?: Readonly<Record<string, object>> | undefined;
}

type ExpressionName =
  | "UpdateExpression"
  | "ConditionExpression"
  | "KeyConditionExpression"
  | "FilterExpression"
  | "ProjectionExpression";

const expressionNames: readonly ExpressionName[] = [
  "ProjectionExpression",
  "FilterExpression",
  "KeyConditionExpression",
  "UpdateExpression",
  "ConditionExpression",
];
const legacyNames = [
  "AttributesToGet",
  "AttributeUpdates",
  "Expected",
  "QueryFilter",
  "ScanFilter",
  "ConditionalOperator",
  "KeyConditions",
] as const;

/** What the expressions of one call mean, and its legacy parameters likewise. */
export class Parameters {
  readonly #input: ExpressionInput;
  readonly #placeholders: Placeholders;

  /** @param allowed the expressions that the operation takes. */
  constructor(input: ExpressionInput, allowed: readonly ExpressionName[]) {
    checkStyles(input, allowed);
    this.#input = input;
    this.#placeholders = new Placeholders(input);
  }

  /** `ConditionExpression`, or `Expected`. */
  condition(): Condition | undefined {
    const { Expected, ConditionalOperator } = this.#input;
    return (
      this.#parsed("ConditionExpression", parseCondition) ??
      legacyExpectation(
        Expected as Readonly<Record<string, LegacyExpectation>> | undefined,
        ConditionalOperator,
      )
    );
  }

  /** `FilterExpression`, or `QueryFilter` and `ScanFilter`. */
  filter(): Condition | undefined {
    const { QueryFilter, ScanFilter, ConditionalOperator } = this.#input;
    const legacy = (QueryFilter ?? ScanFilter) as Readonly<Record<string, LegacyCondition>> | undefined;
    return this.#parsed("FilterExpression", parseCondition) ?? legacyFilter(legacy, ConditionalOperator);
  }

  keyCondition(): Condition | undefined {
    return this.#parsed("KeyConditionExpression", parseCondition);
  }

  update(): Update {
    return this.#parsed("UpdateExpression", parseUpdate) ?? legacyUpdate(this.#input.AttributeUpdates);
  }

  /** `ProjectionExpression`, or `AttributesToGet`; undefined for the whole item. */
  projection(): readonly Path[] | undefined {
    const { AttributesToGet } = this.#input;
    const paths = this.#parsed("ProjectionExpression", parseProjection);
    if (paths !== undefined || AttributesToGet === undefined) return paths;
    const duplicate = AttributesToGet.find((name, index) => AttributesToGet.indexOf(name) !== index);
    if (duplicate !== undefined)
      throw validation(
        `One or more parameter values were invalid: Duplicate value in attribute name: ${duplicate}`,
      );
    return AttributesToGet.map((name): Path => [name]);
  }

  /** Once all are parsed: refuses placeholders that none of them used. */
  checkUsed(): void {
    this.#placeholders.checkUsed();
  }

  #parsed<T>(name: ExpressionName, parse: (text: string, placeholders: Placeholders) => T): T | undefined {
    const text = this.#input[name];
    if (text === undefined) return undefined;
    try {
      return parse(text, this.#placeholders);
    } catch (error) {
      if (error instanceof ExpressionError) throw validation(`Invalid ${name}: ${error.message}`);
      throw error;
    }
  }
}

/** Expressions and legacy parameters exclude each other; placeholders need an expression. */
function checkStyles(input: ExpressionInput, allowed: readonly ExpressionName[]): void {
  const used = expressionNames.filter((name) => input[name] !== undefined);
  const legacy = legacyNames.filter((name) => input[name] !== undefined);
  // AWS takes KeyConditions together with a FilterExpression.
  const clashing =
    input.KeyConditionExpression === undefined ? legacy.filter((name) => name !== "KeyConditions") : legacy;
  if (used.length > 0 && clashing.length > 0)
    throw validation(
      "Can not use both expression and non-expression parameters in the same request: " +
        `Non-expression parameters: {${clashing.join(", ")}} Expression parameters: {${used.join(", ")}}`,
    );
  if (input.ExpressionAttributeNames !== undefined && used.length === 0)
    throw validation("ExpressionAttributeNames can only be specified when using expressions");
  const withValues = allowed.filter((name) => name !== "ProjectionExpression");
  if (input.ExpressionAttributeValues !== undefined && withValues.every((name) => input[name] === undefined))
    throw validation(
      `ExpressionAttributeValues can only be specified when using expressions: ${withValues.join(" and ")} ` +
        `${withValues.length > 1 ? "are" : "is"} null`,
    );
}
