import { describe, expect, it } from "vitest";
import { isPublicPolicy } from "./public-policy.ts";

const statement = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" };
const policy = (changes: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...changes }] });
const when = (Condition: object): string => policy({ Condition });

describe("a policy", () => {
  it.each([
    policy({}),
    policy({ Principal: { AWS: "*" } }),
    policy({ Principal: { AWS: ["arn:aws:iam::111111111111:root", "*"] } }),
    JSON.stringify({ Statement: { ...statement } }),
    when({ StringLike: { "aws:PrincipalArn": "*" } }),
    when({ StringEquals: { "aws:PrincipalAccount": ["111111111111", "*"] } }),
    when({ StringNotEquals: { "aws:PrincipalAccount": "111111111111" } }),
    when({ StringEqualsIfExists: { "aws:PrincipalAccount": "111111111111" } }),
    when({ StringEquals: { "aws:Referer": "https://example.com" } }),
    when({ IpAddress: { "aws:SourceIp": "0.0.0.0/1" } }),
    when({ IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "::/0"] } }),
    when({ NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } }),
  ])("is public: %s", (text) => {
    expect(isPublicPolicy(text)).toBe(true);
  });

  it.each([
    policy({ Effect: "Deny" }),
    policy({ Principal: { AWS: "arn:aws:iam::111111111111:root" } }),
    policy({ Principal: { Service: "logs.amazonaws.com" } }),
    when({ StringEquals: { "AWS:principalaccount": "111111111111" } }),
    when({ ArnLike: { "aws:SourceArn": "arn:aws:s3:::source" } }),
    when({ StringLike: { "aws:userid": "AROAEXAMPLEID12345678:*" } }),
    when({ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }),
    when({ IpAddress: { "aws:SourceIp": "2001:db8::/32" } }),
  ])("is not public: %s", (text) => {
    expect(isPublicPolicy(text)).toBe(false);
  });
});
