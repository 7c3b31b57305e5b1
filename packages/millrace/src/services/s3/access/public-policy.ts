import { isIP } from "node:net";

/**
 * Whether a policy is public in AWS's sense: it allows anybody something, and no condition confines that to
 * fixed principals, accounts, networks or addresses. Works on the document as it was written, which has been
 * checked before.
 */
export function isPublicPolicy(text: string): boolean {
  const { Statement } = JSON.parse(text) as { readonly Statement: unknown };
  const statements = Array.isArray(Statement) ? Statement : [Statement];
  return statements.some((statement: Statement) => isPublicStatement(statement));
}

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function isPublicStatement({ Effect, Principal, NotPrincipal, Condition }: Statement): boolean {
  if (Effect !== "Allow") return false;
  if (NotPrincipal === undefined && !namesEverybody(Principal)) return false;
  return !Object.entries(Condition ?? {}).some(([operator, keys]) => confines(operator, keys));
}

function namesEverybody(principal: unknown): boolean {
  if (principal === "*") return true;
  if (typeof principal !== "object" || principal === null) return false;
  return Object.entries(principal).some(
    ([kind, values]) => (kind === "AWS" || kind === "CanonicalUser") && valuesOf(values).includes("*"),
  );
}

/** Condition keys whose fixed values make a statement not public. */
const confiningKeys: ReadonlySet<string> = new Set([
  "aws:sourcearn",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourceowner",
  "aws:sourceaccount",
  "aws:userid",
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
  "s3:dataaccesspointarn",
  "s3:dataaccesspointaccount",
]);

/** Operators that ask for a value; those that exclude one confine nothing, and neither does one that may be absent. */
const confiningOperators: ReadonlySet<string> = new Set([
  "stringequals",
  "stringequalsignorecase",
  "stringlike",
  "arnequals",
  "arnlike",
  "ipaddress",
]);

function confines(operator: string, keys: Readonly<Record<string, unknown>>): boolean {
  const name = operator.toLowerCase().replace(/^forany(?:value|values):/, "");
  if (!confiningOperators.has(name)) return false;
  return Object.entries(keys).some(([key, value]) => {
    const values = valuesOf(value);
    if (key.toLowerCase() === "aws:sourceip") return values.every(isNarrowRange);
    return confiningKeys.has(key.toLowerCase()) && values.every(isFixed);
  });
}

/** A wildcard or a variable may stand for anything; a user's unique id is fixed up to its session's name. */
function isFixed(value: string): boolean {
  const text = value.replace(/^(A[A-Z0-9]{15,}):\*$/, "$1");
  return value !== "" && !/[*?]|\$\{/.test(text);
}

/** The widest ranges of addresses that are not the public. */
const minPrefixBits = { 4: 8, 6: 32 } as const;

function isNarrowRange(range: string): boolean {
  const [address = "", bits] = range.split("/");
  const version = isIP(address);
  if (version !== 4 && version !== 6) return false;
  return bits === undefined || Number(bits) >= minPrefixBits[version];
}

function valuesOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}
