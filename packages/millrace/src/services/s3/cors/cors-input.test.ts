import type { CORSRule } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../core/errors.ts";
import { corsRules } from "./cors-input.ts";

const rule: CORSRule = { AllowedOrigins: ["*"], AllowedMethods: ["GET"] };

function refusal(rules: readonly CORSRule[] | undefined): string {
  try {
    corsRules(rules);
  } catch (thrown) {
    if (thrown instanceof ServiceError) return `${thrown.code} ${thrown.message}`;
    throw thrown;
  }
  return "taken";
}

describe("CORS configurations", () => {
  it("are taken as they are", () => {
    const rules = [{ ...rule, AllowedOrigins: ["", "http://*.a.com"], AllowedHeaders: ["x-*-y"], ID: "one" }];
    expect(corsRules(rules)).toEqual(rules);
    expect(refusal(Array(100).fill(rule))).toBe("taken");
  });

  it.each<[string, readonly CORSRule[] | undefined]>([
    ["MalformedXML", undefined],
    ["MalformedXML", []],
    ["MalformedXML", Array(101).fill(rule)],
    ["MalformedXML", [{ ...rule, AllowedOrigins: [] }]],
    ["MalformedXML", [{ ...rule, AllowedMethods: [] }]],
    ["MalformedXML", [{ ...rule, ID: "x".repeat(256) }]],
    ["MalformedXML", [{ ...rule, ExposeHeaders: ["a\r\nb"] }]],
    [
      "InvalidRequest Found unsupported HTTP method in CORS config. Unsupported method is MYMETHOD",
      [{ ...rule, AllowedMethods: ["GET", "MYMETHOD"] }],
    ],
    ['InvalidRequest AllowedOrigin "http://*.*" can not have', [{ ...rule, AllowedOrigins: ["http://*.*"] }]],
    ['InvalidRequest AllowedHeader "**" can not have', [{ ...rule, AllowedHeaders: ["**"] }]],
    ['InvalidRequest ExposeHeader "x-*" contains wildcard.', [{ ...rule, ExposeHeaders: ["x-*"] }]],
  ])("are refused: %s", (message, rules) => {
    expect(refusal(rules)).toContain(message);
  });
});
