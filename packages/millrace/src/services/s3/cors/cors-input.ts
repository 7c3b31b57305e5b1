import type { CORSRule } from "@aws-sdk/client-s3";
import { invalidRequest, malformedXml } from "../errors.ts";
import { limits } from "../limits.ts";

export const corsMethods: ReadonlySet<string> = new Set(["GET", "PUT", "HEAD", "POST", "DELETE"]);

/** A CORS configuration as it is kept. @throws ServiceError when AWS would not take it. */
export function corsRules(rules: readonly CORSRule[] | undefined): readonly CORSRule[] {
  if (rules === undefined || rules.length === 0 || rules.length > limits.corsRules) throw malformedXml();
  for (const rule of rules) checkRule(rule);
  return rules;
}

function checkRule(rule: CORSRule): void {
  const { AllowedMethods: methods = [], AllowedOrigins: origins = [] } = rule;
  if (methods.length === 0 || origins.length === 0) throw malformedXml();
  for (const method of methods) {
    if (!corsMethods.has(method))
      throw invalidRequest(
        `Found unsupported HTTP method in CORS config. Unsupported method is ${method.slice(0, 100)}`,
      );
  }
  for (const origin of origins) checkWildcards("AllowedOrigin", origin);
  for (const header of rule.AllowedHeaders ?? []) checkWildcards("AllowedHeader", header);
  for (const header of rule.ExposeHeaders ?? []) {
    if (header.includes("*"))
      throw invalidRequest(
        `ExposeHeader "${header}" contains wildcard. We currently do not support wildcard for ExposeHeader.`,
      );
    // It becomes part of an answer's header.
    if (!/^[!#$%&'+.^_`|~0-9A-Za-z-]*$/.test(header)) throw malformedXml();
  }
  if ((rule.ID ?? "").length > limits.corsRuleIdChars) throw malformedXml();
}

function checkWildcards(element: string, text: string): void {
  if (text.indexOf("*") !== text.lastIndexOf("*"))
    throw invalidRequest(`${element} "${text}" can not have more than one wildcard.`);
}
