import { messageOf, ServiceError } from "../../../core/errors.ts";
import { parsePolicy } from "../../../core/policy/policy-document.ts";
import { validation } from "../errors.ts";
import { limits } from "../limits.ts";

/** Refuses a resource policy that could not be evaluated. */
export function checkPolicy(text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > limits.policyBytes)
    throw new ServiceError(
      "LimitExceededException",
      `Policy size of ${bytes} bytes exceeds the limit of ${limits.policyBytes} bytes`,
    );
  try {
    parsePolicy(text, "resource");
  } catch (error) {
    throw validation(`Invalid policy document: ${messageOf(error)}`);
  }
}

export function policyNotFound(arn: string): ServiceError {
  return new ServiceError(
    "PolicyNotFoundException",
    `Resource-based policy not found for the provided ResourceArn: ${arn}`,
  );
}
