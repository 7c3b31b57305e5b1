import { messageOf } from "../../core/errors.ts";
import { parsePolicy } from "../../core/policy/policy-document.ts";
import { invalidParameter } from "./errors.ts";

/** The longest resource policy that AWS keeps, in characters. */
const maxPolicyChars = 5_120;

/** Refuses a policy that could not be evaluated. */
export function checkPolicy(text: string): void {
  if (text.length > maxPolicyChars)
    throw invalidParameter(`The policy exceeds the limit of ${maxPolicyChars} characters.`);
  try {
    parsePolicy(text, "resource");
  } catch (error) {
    throw invalidParameter(`The policy is invalid: ${messageOf(error)}`);
  }
}
