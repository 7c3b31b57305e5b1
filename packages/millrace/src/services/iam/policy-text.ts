import { type PolicyDocument, type PolicyUse, parsePolicy } from "../../core/policy/policy-document.ts";
import { PolicyError } from "../../core/policy/policy-error.ts";
import { malformedPolicy, quotaExceeded } from "./errors.ts";
import { limits } from "./limits.ts";

/** Checks a policy that a client sent. @throws MalformedPolicyDocument saying which element is wrong. */
export function checkPolicy(
  text: string,
  use: PolicyUse | undefined,
  refusal: (message: string) => Error = malformedPolicy,
): PolicyDocument {
  try {
    return parsePolicy(text, use);
  } catch (error) {
    if (error instanceof PolicyError) throw refusal(error.message);
    throw error;
  }
}

/** How much of a quota a policy takes: white space is free. */
export function countedCharacters(text: string): number {
  return text.replace(/\s/g, "").length;
}

/** Policies travel URL-encoded as RFC 3986 has it. */
export function encodePolicy(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A managed policy's text, with the quota that holds for it. */
export function checkManagedText(text: string): void {
  checkPolicy(text, "identity");
  if (countedCharacters(text) > limits.managedPolicyCharacters)
    throw quotaExceeded("PolicySize", limits.managedPolicyCharacters);
}
