import { messageOf } from "../../core/errors.ts";
import { parsePolicy } from "../../core/policy/policy-document.ts";
import { invalidArgument } from "./errors.ts";

/** The longest policy that AWS stores for a stream. */
const maxPolicyBytes = 20_480;

/** Refuses a resource policy that could not be evaluated. */
export function checkPolicy(text: string): void {
  if (Buffer.byteLength(text) > maxPolicyBytes)
    throw invalidArgument(`Policy exceeds the limit of ${maxPolicyBytes} bytes.`);
  try {
    parsePolicy(text, "resource");
  } catch (error) {
    throw invalidArgument(`Policy is invalid: ${messageOf(error)}`);
  }
}
