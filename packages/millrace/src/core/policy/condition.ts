import { operatorNamed, type ValueMatcher } from "./condition-operators.ts";
import { PolicyError } from "./policy-error.ts";
import type { RequestContext } from "./request-context.ts";

/** One key under one operator of a `Condition` element. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  /** As they stand in the policy. */
  readonly values: readonly string[];
  holds(context: RequestContext): boolean;
}

type Quantifier = "one" | "all" | "any";

interface Operator {
  readonly name: string;
  readonly base: string;
  readonly quantifier: Quantifier;
  readonly ifExists: boolean;
}

const maxValues = 2_000;

/** Condition = { operator: { key: value / [ value, ... ] } }; operator = [ "ForAllValues:" / "ForAnyValue:" ] name [ "IfExists" ] */
export function parseConditions(element: unknown, path: string, variables: boolean): Condition[] {
  const conditions: Condition[] = [];
  for (const [name, keys] of entriesOf(element, path)) {
    const operator = parseOperator(name, `${path}.${name}`);
    for (const [key, values] of entriesOf(keys, `${path}.${name}`)) {
      if (key === "") throw new PolicyError(`${path}.${name}`, "A condition key must not be empty.");
      const texts = valuesOf(values, `${path}.${name}.${key}`);
      conditions.push(compile(operator, key, texts, `${path}.${name}.${key}`, variables));
    }
  }
  return conditions;
}

function parseOperator(name: string, path: string): Operator {
  const [, quantified, base = "", suffix] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/i.exec(name) ?? [];
  const quantifier =
    quantified === undefined ? "one" : quantified.toLowerCase() === "forallvalues" ? "all" : "any";
  const ifExists = suffix !== undefined;
  const isNull = base.toLowerCase() === "null";
  if (isNull && ifExists) throw new PolicyError(path, "Null does not go together with IfExists.");
  if (!isNull && operatorNamed(base) === undefined) {
    throw new PolicyError(path, `Invalid condition operator: ${name.slice(0, 100)}`);
  }
  return { name, base: base.toLowerCase(), quantifier, ifExists };
}

function compile(
  operator: Operator,
  key: string,
  values: readonly string[],
  path: string,
  variables: boolean,
): Condition {
  const label = { operator: operator.name, key, values };
  if (operator.base === "null") {
    const wanted = values.map((value) => isTrue(value, path));
    return { ...label, holds: (context) => wanted.includes((context.get(key) ?? []).length === 0) };
  }
  const found = operatorNamed(operator.base);
  if (found === undefined) throw new PolicyError(path, "Invalid condition operator.");
  const matchers = values.map((value) => found.compile(value, variables));
  return {
    ...label,
    holds: (context) => holds(operator, found.negated, matchers, context.get(key), context),
  };
}

/** A negated operator holds when none of its values match, and also when the key is not there at all. */
function holds(
  operator: Operator,
  negated: boolean,
  matchers: readonly ValueMatcher[],
  present: readonly string[] | undefined,
  context: RequestContext,
): boolean {
  const matched = (value: string): boolean => matchers.some((matcher) => matcher(value, context)) !== negated;
  if (present === undefined || present.length === 0) {
    if (operator.ifExists || operator.quantifier === "all") return true;
    return operator.quantifier === "one" && negated;
  }
  if (operator.quantifier === "all") return present.every(matched);
  if (operator.quantifier === "any") return present.some(matched);
  return negated ? present.every(matched) : present.some(matched);
}

function isTrue(value: string, path: string): boolean {
  const lower = value.toLowerCase();
  if (lower !== "true" && lower !== "false") throw new PolicyError(path, "Null takes true or false.");
  return lower === "true";
}

function entriesOf(element: unknown, path: string): [string, unknown][] {
  if (typeof element !== "object" || element === null || Array.isArray(element)) {
    throw new PolicyError(path, "Expected an object.");
  }
  return Object.entries(element);
}

function valuesOf(element: unknown, path: string): string[] {
  const list = Array.isArray(element) ? element : [element];
  if (list.length > maxValues) throw new PolicyError(path, `More than ${maxValues} values.`);
  return list.map((value: unknown) => {
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      return String(value);
    throw new PolicyError(path, "A condition value is a string, a number or a boolean.");
  });
}
