// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { messageOf } from "../errors.ts";
import { type Condition, parseConditions } from "./condition.ts";
import { ArnPattern, Pattern } from "./pattern.ts";
import { PolicyError } from "./policy-error.ts";
import { type PrincipalElement, parsePrincipal } from "./principal-element.ts";

/** A policy, checked and compiled. It does not change: it may be shared and kept. */
export interface PolicyDocument {
  readonly version: "2012-10-17" | "2008-10-17";
  readonly id: string | undefined;
  readonly statements: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  /** Absent in policies that are attached to a principal. */
  readonly principal: PrincipalElement | undefined;
  readonly notPrincipal: PrincipalElement | undefined;
  readonly actions: readonly Pattern[];
  /** True for `NotAction`: the statement is about all other actions. */
  readonly actionsNegated: boolean;
  /** Absent in trust policies, which are about the role that they belong to. */
  readonly resources: readonly ArnPattern[] | undefined;
  readonly resourcesNegated: boolean;
  readonly conditions: readonly Condition[];
}

/** The longest policies in AWS are key policies of 32 KiB. */
const maxPolicyBytes = 32 * 1024;
const documentKeys: ReadonlySet<string> = new Set(["Version", "Id", "Statement"]);
const statementKeys: ReadonlySet<string> = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

/** What a policy is attached to: a principal, a resource (it must say whom it is about) or a role as its trust. */
export type PolicyUse = "identity" | "resource" | "trust";

/**
 * Reads a policy document; `use` adds the rules for what it will be attached to.
 * @throws PolicyError naming the element that is wrong.
 */
export function parsePolicy(text: string, use?: PolicyUse): PolicyDocument {
  if (Buffer.byteLength(text) > maxPolicyBytes) {
    throw new PolicyError("", `The policy is longer than ${maxPolicyBytes} bytes.`);
  }
  const document = objectOf(parseJson(text), "");
  refuseUnknown(document, documentKeys, "");
  const version = document["Version"] ?? "2008-10-17";
  if (version !== "2012-10-17" && version !== "2008-10-17") {
    throw new PolicyError("Version", "Must be 2012-10-17 or 2008-10-17.");
  }
  const id = document["Id"];
  if (id !== undefined && typeof id !== "string") throw new PolicyError("Id", "Must be a string.");
  const statement = document["Statement"];
  if (statement === undefined) throw new PolicyError("Statement", "The policy has no statement.");
  const list: unknown[] = Array.isArray(statement) ? statement : [statement];
  const variables = version === "2012-10-17";
  const statements = list.map((element, i) => parseStatement(element, `Statement[${i}]`, variables));
  refuseDuplicateSids(statements);
  for (const [i, parsed] of statements.entries()) {
    if (use !== undefined) checkUse(parsed, use, `Statement[${i}]`);
  }
  return { version, id, statements };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PolicyError("", `The policy is not valid JSON: ${messageOf(error)}`);
  }
}

function parseStatement(element: unknown, path: string, variables: boolean): PolicyStatement {
  const statement = objectOf(element, path);
  refuseUnknown(statement, statementKeys, path);
  const { Sid: sid, Effect: effect } = statement;
  if (sid !== undefined && typeof sid !== "string") throw new PolicyError(`${path}.Sid`, "Must be a string.");
  if (effect !== "Allow" && effect !== "Deny")
    throw new PolicyError(`${path}.Effect`, "Must be Allow or Deny.");
  const principal = choice(statement, "Principal", path, false);
  const action = choice(statement, "Action", path, true);
  const resource = choice(statement, "Resource", path, false);
  const principalElement = principal && parsePrincipal(principal.value, `${path}.${principal.name}`);
  if (principal?.negated && effect === "Allow") {
    throw new PolicyError(`${path}.NotPrincipal`, "Allow with NotPrincipal is not supported.");
  }
  const condition = statement["Condition"];
  return {
    sid,
    effect,
    principal: principal?.negated === false ? principalElement : undefined,
    notPrincipal: principal?.negated === true ? principalElement : undefined,
    actions: action === undefined ? [] : parseActions(action.value, `${path}.${action.name}`),
    actionsNegated: action?.negated === true,
    resources: resource && parseResources(resource.value, `${path}.${resource.name}`, variables),
    resourcesNegated: resource?.negated === true,
    conditions: condition === undefined ? [] : parseConditions(condition, `${path}.Condition`, variables),
  };
}

function checkUse(statement: PolicyStatement, use: PolicyUse, path: string): void {
  const named = statement.principal !== undefined || statement.notPrincipal !== undefined;
  if (use === "identity" && named) throw new PolicyError(path, "This policy must not specify a principal.");
  if (use !== "identity" && !named) throw new PolicyError(path, "Missing required field Principal.");
  if (use === "trust") checkTrust(statement, path);
  if (use !== "trust" && statement.resources === undefined) {
    throw new PolicyError(path, "Missing required field Resource.");
  }
}

/** A trust policy is about its role, and about how it may be assumed. */
function checkTrust(statement: PolicyStatement, path: string): void {
  if (statement.resources !== undefined) throw new PolicyError(path, "Has prohibited field Resource.");
  for (const { text } of statement.actions) {
    if (text !== "*" && !/^sts:/i.test(text))
      throw new PolicyError(path, "AssumeRole policy may only specify STS AssumeRole actions.");
  }
}

interface Choice {
  readonly name: string;
  readonly value: unknown;
  readonly negated: boolean;
}

/** An element or its "Not" form: not both, and one of them when it is required. */
function choice(
  statement: Readonly<Record<string, unknown>>,
  name: string,
  path: string,
  required: boolean,
): Choice | undefined {
  const value = statement[name];
  const negatedName = `Not${name}`;
  const negatedValue = statement[negatedName];
  if (value !== undefined && negatedValue !== undefined) {
    throw new PolicyError(path, `Has both ${name} and ${negatedName}.`);
  }
  if (value !== undefined) return { name, value, negated: false };
  if (negatedValue !== undefined) return { name: negatedName, value: negatedValue, negated: true };
  if (required) throw new PolicyError(path, `Has neither ${name} nor ${negatedName}.`);
  return undefined;
}

function parseActions(element: unknown, path: string): Pattern[] {
  return stringsOf(element, path).map((action) => {
    if (action !== "*" && !/^[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+$/.test(action)) {
      throw new PolicyError(
        path,
        `Not an action: "${action.slice(0, 200)}". Actions are written service:Name.`,
      );
    }
    return new Pattern(action, { variables: false, wildcards: true, ignoreCase: true });
  });
}

function parseResources(element: unknown, path: string, variables: boolean): ArnPattern[] {
  return stringsOf(element, path).map((resource) => {
    if (resource !== "*" && !resource.startsWith("arn:")) {
      throw new PolicyError(path, `Not an ARN: "${resource.slice(0, 200)}". Resources are ARNs or "*".`);
    }
    return new ArnPattern(resource, variables);
  });
}

function refuseDuplicateSids(statements: readonly PolicyStatement[]): void {
  const seen = new Set<string>();
  statements.forEach(({ sid }, i) => {
    if (sid === undefined || sid === "") return;
    if (seen.has(sid)) throw new PolicyError(`Statement[${i}].Sid`, "Statement ids must be unique.");
    seen.add(sid);
  });
}

function refuseUnknown(
  object: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
  path: string,
): void {
  for (const name of Object.keys(object)) {
    if (!known.has(name)) throw new PolicyError(path, `Unknown element ${name.slice(0, 100)}.`);
  }
}

function objectOf(element: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof element !== "object" || element === null || Array.isArray(element)) {
    throw new PolicyError(path, "Expected an object.");
  }
  return element as Record<string, unknown>;
}

function stringsOf(element: unknown, path: string): string[] {
  const list: unknown[] = Array.isArray(element) ? element : [element];
  if (list.length === 0) throw new PolicyError(path, "Must not be empty.");
  return list.map((value) => {
    if (typeof value !== "string" || value === "")
      throw new PolicyError(path, "Must be a string or a list of strings.");
    return value;
  });
}
