import { describe, expect, it } from "vitest";
import { ServiceError } from "../../core/errors.ts";
import { checkFields, parsePostPolicy } from "./post-policy.ts";

const nowMs = Date.UTC(2026, 0, 1);
const expiration = "2026-01-01T01:00:00Z";
const encode = (document: unknown): string => Buffer.from(JSON.stringify(document)).toString("base64");

function outcome(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof ServiceError) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
  return "taken";
}

function check(conditions: readonly unknown[], fields: Record<string, string>, atMs: number = nowMs): string {
  const policy = parsePostPolicy(encode({ expiration, conditions }));
  return outcome(() => checkFields(policy, new Map(Object.entries(fields)), "photos", atMs));
}

describe("the policy of a form", () => {
  it.each([
    ["no JSON", Buffer.from("{").toString("base64"), "Invalid JSON."],
    ["no base64", "%%%", "Invalid JSON."],
    ["a list", encode([]), "Invalid JSON."],
    ["no time", encode({ conditions: [] }), "Policy missing expiration."],
    [
      "another time",
      encode({ expiration: "tomorrow", conditions: [] }),
      "Invalid 'expiration' value: 'tomorrow'",
    ],
    [
      "a local time",
      encode({ expiration: "2026-01-01T01:00:00", conditions: [] }),
      "Invalid 'expiration' value",
    ],
    ["no conditions", encode({ expiration }), "Policy missing conditions."],
    ["one condition", encode({ expiration, conditions: {} }), "Invalid 'conditions' value: must be a List."],
    ["two at once", encode({ expiration, conditions: [{ a: "1", b: "2" }] }), "exactly one property"],
    ["no value", encode({ expiration, conditions: [{ a: 1 }] }), "Invalid Simple-Condition"],
    ["a number", encode({ expiration, conditions: [1] }), "Invalid condition"],
    [
      "another operation",
      encode({ expiration, conditions: [["ends-with", "$key", "x"]] }),
      "unknown operation",
    ],
    ["too few", encode({ expiration, conditions: [["eq", "$key"]] }), "wrong number of arguments"],
    ["no dollar", encode({ expiration, conditions: [["eq", "key", "x"]] }), "begins with $"],
    [
      "no size",
      encode({ expiration, conditions: [["content-length-range", "a", 1]] }),
      "content-length-range",
    ],
    [
      "a negative size",
      encode({ expiration, conditions: [["content-length-range", -1, 1]] }),
      "content-length-range",
    ],
    ["too many", encode({ expiration, conditions: Array(1001).fill({ a: "b" }) }), "Too many conditions."],
  ])("is refused with %s", (_, text, message) => {
    expect(outcome(() => parsePostPolicy(text))).toContain(`InvalidPolicyDocument: Invalid Policy: `);
    expect(outcome(() => parsePostPolicy(text))).toContain(message);
  });

  it("tells the sizes that it allows", () => {
    const conditions = [["content-length-range", 1, "1000"]];
    expect(parsePostPolicy(encode({ expiration, conditions })).sizes).toEqual([{ min: 1, max: 1000 }]);
  });

  const conditions = [
    { bucket: "photos" },
    ["starts-with", "$key", "user/"],
    ["eq", "$ACL", "private"],
    ["starts-with", "$Content-Type", "image/"],
  ];
  const fields = { key: "user/a.jpg", acl: "private", "content-type": "image/png, image/gif" };

  it("takes what its conditions hold for", () => {
    expect(check(conditions, fields)).toBe("taken");
    expect(check(conditions, { ...fields, bucket: "photos" })).toBe("taken");
    expect(check(conditions, { ...fields, policy: "p", "x-amz-signature": "s", "x-ignore-me": "1" })).toBe(
      "taken",
    );
    expect(check([["starts-with", "$key", ""]], { key: "any" })).toBe("taken");
  });

  it.each([
    [{ ...fields, key: "other/a.jpg" }, 'Policy Condition failed: ["starts-with", "$key", "user/"]'],
    [{ ...fields, acl: "public-read" }, 'Policy Condition failed: ["eq", "$ACL", "private"]'],
    [{ ...fields, "content-type": "image/png, text/html" }, '["starts-with", "$Content-Type", "image/"]'],
    [{ key: "user/a.jpg", "content-type": "image/png" }, '["eq", "$ACL", "private"]'],
    [{ ...fields, "x-amz-meta-a": "1", submit: "go" }, "Extra input fields: x-amz-meta-a, submit"],
  ])("refuses %j", (changed, message) => {
    expect(check(conditions, changed)).toContain(`AccessDenied: Invalid according to Policy: `);
    expect(check(conditions, changed)).toContain(message);
  });

  it("is for one bucket and one time", () => {
    expect(check([{ bucket: "other" }], {})).toContain('Policy Condition failed: ["eq", "$bucket", "other"]');
    expect(check([{ bucket: "other" }], { bucket: "other" })).toContain("Policy Condition failed");
    expect(check([], {}, nowMs + 3_600_000)).toBe(
      "AccessDenied: Invalid according to Policy: Policy expired.",
    );
  });
});
