// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { describe, expect, test } from "vitest";
import { canonicalUserId } from "../canonical-user.ts";
import { evaluate } from "./evaluate.ts";
import { type PolicyDocument, parsePolicy } from "./policy-document.ts";
import type { PolicyPrincipal } from "./principal-element.ts";
import type { ContextEntries } from "./request-context.ts";

/**
 * AWS's published rules as tables. The page "Policy evaluation logic" of the IAM user guide and the pages that
 * it leads to say why each line is as it is.
 */
const home = "111111111111";
const userArn = `arn:aws:iam::${home}:user/jo`;
const roleArn = `arn:aws:iam::${home}:role/app`;
const sessionArn = `arn:aws:sts::${home}:assumed-role/app/one`;
const principals = {
  user: { arn: userArn, account: home, kind: "user" },
  session: { arn: sessionArn, account: home, kind: "role", roleArn },
  root: { arn: `arn:aws:iam::${home}:root`, account: home, kind: "root" },
  anonymous: { arn: "*", account: "", kind: "anonymous" },
  service: { arn: "s.amazonaws.com", account: "", kind: "service", serviceName: "s.amazonaws.com" },
  federated: { arn: "arn:provider", account: "", kind: "federated", federatedBy: "arn:provider" },
} as const satisfies Record<string, PolicyPrincipal>;

type Who = keyof typeof principals;
/** What a kind of policy says: nothing at all, something else, allow, or deny. */
type Says = "-" | "none" | "allow" | "deny";

const document = (statements: object[]): PolicyDocument =>
  parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
const act = { Action: "s:Do", Resource: "*" };

function policies(says: Says): PolicyDocument[] {
  if (says === "-") return [];
  const allow = { ...act, Effect: "Allow" };
  if (says === "none") return [document([{ ...allow, Action: "s:Other" }])];
  // A deny stands beside an allow, which it beats.
  return [document(says === "allow" ? [allow] : [allow, { ...act, Effect: "Deny" }])];
}

const named: Readonly<Record<string, unknown>> = {
  account: { AWS: home },
  root: { AWS: `arn:aws:iam::${home}:root` },
  user: { AWS: userArn },
  role: { AWS: roleArn },
  session: { AWS: sessionArn },
  everyone: "*",
  "AWS *": { AWS: "*" },
  other: { AWS: "222222222222" },
  service: { Service: "s.amazonaws.com" },
  provider: { Federated: "arn:provider" },
  canonical: { CanonicalUser: canonicalUserId(home) },
};

/** "-", "allow user", "deny everyone", "deny not role" */
function resourcePolicies(says: string): PolicyDocument[] {
  if (says === "-") return [];
  const [effect, negated, rest] = /^(\w+) (not )?(.+)$/.exec(says)?.slice(1) ?? [];
  const element = negated === undefined ? "Principal" : "NotPrincipal";
  return [
    document([{ ...act, Effect: effect === "allow" ? "Allow" : "Deny", [element]: named[rest ?? ""] }]),
  ];
}

interface Line {
  readonly who: Who;
  readonly where: "same" | "other" | "key";
  readonly identity: Says;
  readonly resource: string;
  readonly boundary: Says;
  readonly session: Says;
  readonly expected: string;
}

/** One line a rule: who where | identity | resource | boundary | session -> decision. */
function lines(table: string): Line[] {
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const [subject = "", identity, resource = "-", boundary, rest = ""] = line
        .split("|")
        .map((cell) => cell.trim());
      const [who, where] = subject.split(" ");
      const [session, expected = ""] = rest.split("->").map((cell) => cell.trim());
      return { who, where, identity, resource, boundary, session, expected } as Line;
    });
}

function decide(line: Line): string {
  const { decision, source } = evaluate({
    principal: principals[line.who],
    ...{ action: "s:Do", resource: "arn:aws:s:::x", context: {} },
    identityPolicies: policies(line.identity),
    resourcePolicies: resourcePolicies(line.resource),
    boundaries: policies(line.boundary),
    sessionPolicies: line.session === "-" ? undefined : policies(line.session),
    sameAccount: line.where !== "other",
    resourcePoliciesDecide: line.where === "key",
  });
  const short = { allow: "yes", implicitDeny: "no", explicitDeny: "DENIED" }[decision];
  return source === undefined || decision === "allow" ? short : `${short}: ${source.split(" ")[0]}`;
}

const label = (line: Line): string =>
  [line.who, line.where, line.identity, line.resource, line.boundary, line.session].join(" | ");

describe("one account", () => {
  test.each(
    lines(`
      user same    | -     | -                | -     | -     -> no: identity-based
      user same    | none  | -                | -     | -     -> no: identity-based
      user same    | allow | -                | -     | -     -> yes
      user same    | deny  | -                | -     | -     -> DENIED: identity-based
      user same    | -     | allow user       | -     | -     -> yes
      user same    | -     | allow account    | -     | -     -> no: identity-based
      user same    | allow | allow account    | -     | -     -> yes
      user same    | -     | allow root       | -     | -     -> no: identity-based
      user same    | -     | allow canonical  | -     | -     -> no: identity-based
      user same    | -     | allow everyone   | -     | -     -> yes
      user same    | -     | allow AWS *      | -     | -     -> yes
      user same    | -     | allow other      | -     | -     -> no: identity-based
      user same    | allow | deny user        | -     | -     -> DENIED: resource-based
      user same    | allow | deny account     | -     | -     -> DENIED: resource-based
      user same    | allow | deny everyone    | -     | -     -> DENIED: resource-based
      user same    | allow | deny role        | -     | -     -> yes
      user same    | allow | deny not user    | -     | -     -> yes
      user same    | allow | deny not role    | -     | -     -> DENIED: resource-based
      user same    | deny  | allow user       | -     | -     -> DENIED: identity-based
      user same    | allow | -                | allow | -     -> yes
      user same    | allow | -                | none  | -     -> no: permissions
      user same    | -     | -                | allow | -     -> no: identity-based
      user same    | allow | -                | deny  | -     -> DENIED: permissions
      user same    | -     | allow user       | none  | -     -> yes
      user same    | -     | allow user       | deny  | -     -> DENIED: permissions
      user same    | -     | allow everyone   | none  | -     -> no: permissions
      user same    | allow | allow account    | none  | -     -> no: permissions
      session same | allow | -                | -     | -     -> yes
      session same | -     | allow role       | -     | -     -> yes
      session same | -     | allow session    | -     | -     -> yes
      session same | -     | allow account    | -     | -     -> no: identity-based
      session same | -     | allow role       | none  | -     -> no: permissions
      session same | -     | allow session    | none  | -     -> yes
      session same | allow | -                | -     | allow -> yes
      session same | allow | -                | -     | none  -> no: session
      session same | allow | -                | -     | deny  -> DENIED: session
      session same | -     | -                | -     | allow -> no: identity-based
      session same | -     | allow role       | -     | none  -> no: session
      session same | -     | allow session    | -     | none  -> yes
      session same | -     | allow session    | -     | deny  -> DENIED: session
      session same | allow | deny role        | -     | -     -> DENIED: resource-based
      session same | allow | deny session     | -     | -     -> DENIED: resource-based
      session same | allow | deny not role    | -     | -     -> yes
      session same | allow | -                | allow | allow -> yes
      session same | allow | -                | none  | allow -> no: permissions
      root same    | -     | -                | -     | -     -> yes
      root same    | -     | deny account     | -     | -     -> DENIED: resource-based
      root same    | -     | deny user        | -     | -     -> yes
      root same    | -     | -                | -     | none  -> no: session`).map(
      (line) => [label(line), line] as const,
    ),
  )("%s", (_, line) => {
    expect(decide(line)).toBe(line.expected);
  });
});

describe("another account: both sides must allow", () => {
  test.each(
    lines(`
      user other    | allow | -             | -     | -    -> no: resource-based
      user other    | -     | allow user    | -     | -    -> no: identity-based
      user other    | allow | allow user    | -     | -    -> yes
      user other    | allow | allow account | -     | -    -> yes
      user other    | allow | allow canonical | -   | -    -> yes
      user other    | allow | allow everyone | -    | -    -> yes
      user other    | allow | allow other   | -     | -    -> no: resource-based
      user other    | allow | allow user    | none  | -    -> no: permissions
      user other    | deny  | allow user    | -     | -    -> DENIED: identity-based
      user other    | allow | deny user     | -     | -    -> DENIED: resource-based
      session other | allow | allow role    | -     | -    -> yes
      session other | allow | allow session | -     | none -> no: session
      session other | -     | allow session | -     | -    -> no: identity-based
      root other    | -     | -             | -     | -    -> no: resource-based
      root other    | -     | allow account | -     | -    -> yes
      root other    | -     | allow root    | -     | -    -> yes`).map(
      (line) => [label(line), line] as const,
    ),
  )("%s", (_, line) => {
    expect(decide(line)).toBe(line.expected);
  });
});

describe("keys and trusting roles admit only whom their own policies admit", () => {
  test.each(
    lines(`
      user key     | allow | -             | -    | -    -> no: resource-based
      user key     | allow | allow account | -    | -    -> yes
      user key     | -     | allow account | -    | -    -> no: identity-based
      user key     | -     | allow user    | -    | -    -> yes
      user key     | allow | allow other   | -    | -    -> no: resource-based
      user key     | allow | allow account | none | -    -> no: permissions
      session key  | -     | allow role    | -    | -    -> yes
      session key  | -     | allow role    | -    | none -> no: session
      root key     | -     | -             | -    | -    -> no: resource-based
      root key     | -     | allow account | -    | -    -> yes`).map((line) => [label(line), line] as const),
  )("%s", (_, line) => {
    expect(decide(line)).toBe(line.expected);
  });
});

describe("callers without policies of their own", () => {
  test.each(
    lines(`
      anonymous same  | allow | -              | - | - -> no: resource-based
      anonymous other | -     | allow everyone | - | - -> yes
      anonymous other | -     | allow AWS *    | - | - -> yes
      anonymous other | -     | allow account  | - | - -> no: resource-based
      anonymous other | -     | deny everyone  | - | - -> DENIED: resource-based
      service other   | -     | allow service  | - | - -> yes
      service other   | -     | allow account  | - | - -> no: resource-based
      federated other | -     | allow provider | - | - -> yes
      federated other | -     | allow service  | - | - -> no: resource-based`).map(
      (line) => [label(line), line] as const,
    ),
  )("%s", (_, line) => {
    expect(decide(line)).toBe(line.expected);
  });
});

const context: ContextEntries = {
  "k:text": "Blue",
  "k:number": "10",
  "k:date": "2026-01-02T00:00:00Z",
  "k:flag": "true",
  "k:bytes": "AAEC",
  "k:ip": "10.1.2.3",
  "k:arn": "arn:aws:s3:::bucket/key",
  "k:many": ["a", "b"],
  "k:empty": [],
  "aws:username": "jo",
  "aws:PrincipalTag/team": "blue",
};

/** Whether a statement with this condition applies. */
function holds(operator: string, key: string, value: unknown): boolean {
  const { decision } = evaluate({
    principal: principals.user,
    ...{ action: "s:Do", resource: "arn:aws:s:::x", context },
    identityPolicies: [document([{ ...act, Effect: "Allow", Condition: { [operator]: { [key]: value } } }])],
    resourcePolicies: [],
    boundaries: [],
    sessionPolicies: undefined,
    sameAccount: true,
  });
  return decision === "allow";
}

describe("each condition operator: what fits, what does not, and what it makes of a key that is not there", () => {
  test.each([
    // operator, key, fits, does not fit, without the key
    ["StringEquals", "k:text", "Blue", "blue", false],
    ["StringNotEquals", "k:text", "blue", "Blue", true],
    ["StringEqualsIgnoreCase", "k:text", "bLUE", "red", false],
    ["StringNotEqualsIgnoreCase", "k:text", "red", "bLUE", true],
    ["StringLike", "k:text", "B?u*", "b*", false],
    ["StringNotLike", "k:text", "b*", "B*", true],
    ["NumericEquals", "k:number", "10.0", "11", false],
    ["NumericNotEquals", "k:number", "11", "10", true],
    ["NumericLessThan", "k:number", "11", "10", false],
    ["NumericLessThanEquals", "k:number", "10", "9", false],
    ["NumericGreaterThan", "k:number", "9", "10", false],
    ["NumericGreaterThanEquals", "k:number", "10", "11", false],
    ["DateEquals", "k:date", "2026-01-02T01:00:00+01:00", "2026-01-03", false],
    ["DateNotEquals", "k:date", "2026-01-03", "2026-01-02", true],
    ["DateLessThan", "k:date", "2026-01-03", "2026-01-02", false],
    ["DateLessThanEquals", "k:date", "2026-01-02", "2026-01-01", false],
    ["DateGreaterThan", "k:date", "1767225600", "1767312000", false],
    ["DateGreaterThanEquals", "k:date", "2026-01-02", "2026-01-03", false],
    ["Bool", "k:flag", true, "false", false],
    ["BinaryEquals", "k:bytes", "AAEC", "AAED", false],
    ["IpAddress", "k:ip", "10.0.0.0/8", "10.2.0.0/16", false],
    ["NotIpAddress", "k:ip", "10.2.0.0/16", "10.0.0.0/8", true],
    ["ArnEquals", "k:arn", "arn:aws:s3:::bucket/*", "arn:aws:s3:::other/*", false],
    ["ArnLike", "k:arn", "arn:*:s3:::b*", "arn:aws:s?:::x", false],
    ["ArnNotEquals", "k:arn", "arn:aws:s3:::other/*", "arn:aws:s3:::bucket/key", true],
    ["ArnNotLike", "k:arn", "arn:aws:s3:::other/*", "arn:aws:s3:::b*", true],
  ] as const)("%s", (operator, key, fitting, other, withoutKey) => {
    expect(holds(operator, key, fitting)).toBe(true);
    expect(holds(operator, key, other)).toBe(false);
    expect(holds(operator.toLowerCase(), key.toUpperCase(), fitting)).toBe(true);
    expect(holds(operator, "k:absent", fitting)).toBe(withoutKey);
    // IfExists asks only when the key is there.
    expect(holds(`${operator}IfExists`, key, fitting)).toBe(true);
    expect(holds(`${operator}IfExists`, key, other)).toBe(false);
    expect(holds(`${operator}IfExists`, "k:absent", fitting)).toBe(true);
  });
});

describe("several values, and variables", () => {
  test.each<[string, string, unknown, boolean]>([
    // The values of a policy are alternatives; for a negated operator none may fit.
    ["StringEquals", "k:text", ["Red", "Blue"], true],
    ["StringNotEquals", "k:text", ["Red", "Blue"], false],
    ["StringEquals", "k:many", ["b", "c"], true],
    ["StringNotEquals", "k:many", ["c"], true],
    ["StringNotEquals", "k:many", ["b"], false],
    ["ForAllValues:StringEquals", "k:many", ["a", "b", "c"], true],
    ["ForAllValues:StringEquals", "k:many", ["a"], false],
    ["ForAllValues:StringEquals", "k:absent", ["a"], true],
    ["ForAllValues:StringEquals", "k:empty", ["a"], true],
    ["ForAllValues:StringNotEquals", "k:many", ["c"], true],
    ["ForAllValues:StringNotEquals", "k:many", ["a"], false],
    ["ForAnyValue:StringEquals", "k:many", ["b", "z"], true],
    ["ForAnyValue:StringEquals", "k:many", ["z"], false],
    ["ForAnyValue:StringEquals", "k:absent", ["a"], false],
    ["ForAnyValue:StringNotEquals", "k:many", ["a"], true],
    ["ForAnyValue:StringNotEquals", "k:many", ["a", "b"], false],
    ["ForAnyValue:StringLikeIfExists", "k:absent", ["a"], true],
    ["Null", "k:absent", "true", true],
    ["Null", "k:absent", "false", false],
    ["Null", "k:text", false, true],
    ["Null", "k:empty", "true", true],
    ["StringEquals", "k:text", "${k:text}", true],
    ["StringEquals", "aws:username", "${aws:username}", true],
    ["StringLike", "k:arn", "arn:aws:s3:::${k:absent, 'bucket'}/*", true],
    ["StringLike", "k:arn", "arn:aws:s3:::${k:absent}/*", false],
    ["StringEquals", "k:text", "${k:absent}", false],
    ["StringEquals", "aws:PrincipalTag/team", "${aws:PrincipalTag/team, 'none'}", true],
    ["StringEquals", "k:text", "${k:many}", false],
    ["StringLike", "k:text", "B${*}", false],
  ])("%s of %s by %j: %s", (operator, key, value, expected) => {
    expect(holds(operator, key, value)).toBe(expected);
  });
});

describe("what a statement is about", () => {
  test.each<[object, boolean]>([
    [{ Action: "s:*", Resource: "*" }, true],
    [{ Action: "*", Resource: "arn:aws:s:::*" }, true],
    [{ Action: ["S:DO", "t:Do"], Resource: "*" }, true],
    [{ Action: "s:D", Resource: "*" }, false],
    [{ NotAction: "s:Other", Resource: "*" }, true],
    [{ NotAction: ["t:*", "s:D*"], Resource: "*" }, false],
    [{ Action: "s:Do", Resource: "arn:aws:s:::y" }, false],
    [{ Action: "s:Do", NotResource: "arn:aws:s:::y" }, true],
    [{ Action: "s:Do", NotResource: ["arn:aws:s:::y", "arn:aws:s:::?"] }, false],
    [{ Action: "s:Do", Resource: "arn:aws:s:::${k:absent, 'x'}" }, true],
    [
      {
        Action: "s:Do",
        Resource: "*",
        Condition: { Bool: { "k:flag": "true" }, Null: { "k:text": "true" } },
      },
      false,
    ],
  ])("%j: %s", (statement, expected) => {
    const { decision } = evaluate({
      principal: principals.user,
      ...{ action: "s:Do", resource: "arn:aws:s:::x", context },
      identityPolicies: [document([{ Effect: "Allow", ...statement }])],
      resourcePolicies: [],
      boundaries: [],
      sessionPolicies: undefined,
      sameAccount: true,
    });
    expect(decision === "allow").toBe(expected);
  });
});
