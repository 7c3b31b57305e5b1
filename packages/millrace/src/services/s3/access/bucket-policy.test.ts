import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../core/errors.ts";
import { checkBucketPolicy } from "./bucket-policy.ts";

const statement = {
  Effect: "Allow",
  Principal: { AWS: "111111111111" },
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::orders/*",
};
const policy = (changes: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...changes }] });

function refusal(text: string): string {
  try {
    checkBucketPolicy(text, "orders");
  } catch (thrown) {
    if (thrown instanceof ServiceError) return `${thrown.code} ${thrown.message}`;
    throw thrown;
  }
  return "taken";
}

describe("a bucket's policy", () => {
  it.each([
    policy({}),
    policy({
      Resource: ["arn:aws:s3:::orders", "arn:aws:s3:::orders/a/*"],
      Action: ["s3:ListBucket", "s3:*"],
    }),
    policy({ Resource: "arn:aws:s3:::ord*" }),
    policy({ Resource: "*" }),
    policy({ Action: "s3:PutLifecycleConfiguration", Resource: "arn:aws:s3:::orders" }),
    JSON.stringify({ Statement: statement }),
  ])("is taken: %s", (text) => {
    expect(refusal(text)).toBe("taken");
  });

  it.each([
    ["", "Policies must be valid JSON and the first byte must be '{'"],
    [" {}", "Policies must be valid JSON and the first byte must be '{'"],
    ["{", "Policies must be valid JSON and the first byte must be '{'"],
    ["{}", "Missing required field Statement"],
    [policy({ Principal: undefined }), "Missing required field Principal"],
    [policy({ Resource: undefined }), "Missing required field Resource"],
    [policy({ Action: undefined }), "Missing required field Action"],
    [policy({ Effect: undefined }), "Missing required field Effect"],
    [policy({ Principal: { AWS: "nobody" } }), "Invalid principal in policy"],
    [policy({ Action: "get it" }), "Policy has invalid action"],
    [policy({ Resource: "orders" }), "Policy has invalid resource"],
    [policy({ Resource: "arn:aws:s3:::other/*" }), "Policy has invalid resource"],
    [policy({ Resource: "arn:aws:sqs:us-east-1:111111111111:q" }), "Policy has invalid resource"],
    [policy({ Condition: { Sometimes: {} } }), "Policy has an invalid condition key"],
    [policy({ Unknown: 1 }), "Invalid policy syntax."],
    [policy({ Resource: "arn:aws:s3:::orders" }), "Action does not apply to any resource(s) in statement"],
    [
      policy({ Action: ["s3:GetObject", "s3:ListBucket"] }),
      "Action does not apply to any resource(s) in statement",
    ],
    [policy({ Sid: "x".repeat(20_480) }), "Policy exceeds the maximum allowed document size."],
  ])("is refused: %j", (text, message) => {
    expect(refusal(text)).toBe(`MalformedPolicy ${message}`);
  });
});
