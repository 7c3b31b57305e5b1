import { againstPolicy, invalidPolicy } from "./form-errors.ts";
import { formLimits } from "./form-limits.ts";
import type { FormFields } from "./form-reader.ts";

/**
 * What a form may be, as its maker has signed it.
 *
 *     policy     = { "expiration": time, "conditions": [ condition, ... ] }
 *     condition  = { field: value } / [ "eq" / "starts-with", "$" field, value ]
 *                / [ "content-length-range", min, max ]
 */
export interface PostPolicy {
  readonly expiresAtMs: number;
  readonly conditions: readonly FieldCondition[];
  /** Of the file, in bytes, both inclusive. */
  readonly sizes: readonly { readonly min: number; readonly max: number }[];
}

interface FieldCondition {
  readonly operator: "eq" | "starts-with";
  /** In lower case. */
  readonly field: string;
  readonly value: string;
  /** The condition as it was written, for the error that names it. */
  readonly source: string;
}

/** Reads the policy of a form, which is JSON in base64. @throws ServiceError `InvalidPolicyDocument`. */
export function parsePostPolicy(text: string): PostPolicy {
  const document = parseJson(Buffer.from(text, "base64").toString("utf8"));
  const { expiration, conditions } = document;
  if (expiration === undefined) throw invalidPolicy("Policy missing expiration.");
  if (conditions === undefined) throw invalidPolicy("Policy missing conditions.");
  if (!Array.isArray(conditions)) throw invalidPolicy("Invalid 'conditions' value: must be a List.");
  if (conditions.length > formLimits.policyConditions) throw invalidPolicy("Too many conditions.");
  const parsed = conditions.map(parseCondition);
  return {
    expiresAtMs: parseTime(expiration),
    conditions: parsed.flatMap((condition) => condition.fields),
    sizes: parsed.flatMap((condition) => condition.sizes),
  };
}

function parseJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch {
    // It is no JSON at all, which is answered like JSON that is no object.
  }
  throw invalidPolicy("Invalid JSON.");
}

function parseTime(expiration: unknown): number {
  const isTime =
    typeof expiration === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(expiration);
  const ms = isTime ? Date.parse(expiration) : Number.NaN;
  if (Number.isNaN(ms))
    throw invalidPolicy(`Invalid 'expiration' value: '${String(expiration).slice(0, 100)}'`);
  return ms;
}

type Parsed = Pick<PostPolicy, "sizes"> & { readonly fields: readonly FieldCondition[] };

function parseCondition(condition: unknown): Parsed {
  if (Array.isArray(condition)) return parseListed(condition);
  if (typeof condition !== "object" || condition === null)
    throw invalidPolicy("Invalid condition: must be a List or a simple condition.");
  const [entry, second] = Object.entries(condition);
  if (entry === undefined || second !== undefined)
    throw invalidPolicy(
      "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.",
    );
  const [name, value] = entry;
  if (typeof value !== "string") throw invalidPolicy("Invalid Simple-Condition: value must be a string.");
  return field("eq", name, value);
}

function parseListed(condition: readonly unknown[]): Parsed {
  const [operator, first, second] = condition;
  const name = String(operator).toLowerCase();
  if (condition.length !== 3) throw invalidPolicy("Invalid condition: wrong number of arguments.");
  if (name === "content-length-range") {
    const [min, max] = [Number(first), Number(second)];
    if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min < 0 || max < 0)
      throw invalidPolicy("Invalid condition: content-length-range takes two numbers of bytes.");
    return { fields: [], sizes: [{ min, max }] };
  }
  if (name !== "eq" && name !== "starts-with")
    throw invalidPolicy(`Invalid condition: unknown operation '${name.slice(0, 100)}'.`);
  if (typeof first !== "string" || !first.startsWith("$") || typeof second !== "string")
    throw invalidPolicy(`Invalid condition: ${name} takes a field, which begins with $, and a string.`);
  return field(name, first.slice(1), second);
}

function field(operator: FieldCondition["operator"], name: string, value: string): Parsed {
  const source = JSON.stringify([operator, `$${name}`, value]).replaceAll('","', '", "');
  return { fields: [{ operator, field: name.toLowerCase(), value, source }], sizes: [] };
}

/** Fields that no condition is about. */
const uncovered: ReadonlySet<string> = new Set([
  "x-amz-signature",
  "signature",
  "awsaccesskeyid",
  "policy",
  "file",
]);

/**
 * Checks a form against its policy: each condition must hold, and each field must be covered by one.
 * @throws ServiceError `AccessDenied`.
 */
export function checkFields(policy: PostPolicy, fields: FormFields, bucket: string, nowMs: number): void {
  if (nowMs >= policy.expiresAtMs) throw againstPolicy("Policy expired.");
  const covered = new Set<string>();
  for (const condition of policy.conditions) {
    covered.add(condition.field);
    // The bucket is named by the address, and need not be a field.
    const value = condition.field === "bucket" ? bucket : fields.get(condition.field);
    if (!holds(condition, value)) throw againstPolicy(`Policy Condition failed: ${condition.source}`);
  }
  const extra = [...fields.keys()].filter(
    (name) =>
      !covered.has(name) && !uncovered.has(name) && !name.startsWith("x-ignore-") && name !== "bucket",
  );
  if (extra.length > 0) throw againstPolicy(`Extra input fields: ${extra.join(", ")}`);
}

function holds({ operator, field: name, value: wanted }: FieldCondition, value: string | undefined): boolean {
  if (operator === "eq") return value === wanted;
  if (value === undefined) return wanted === "";
  // A content type may be a list, and then each of it must begin so.
  const values = name === "content-type" ? value.split(",").map((part) => part.trim()) : [value];
  return values.every((part) => part.startsWith(wanted));
}
