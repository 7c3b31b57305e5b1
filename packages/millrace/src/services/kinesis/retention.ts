import { invalidArgument } from "./errors.ts";
import { limits } from "./limits.ts";

/** Refuses retention periods that AWS does not have. */
export function checkRetention(hours: number): void {
  if (hours < limits.minRetentionHours)
    throw invalidArgument(
      `Minimum allowed retention period is ${limits.minRetentionHours} hours. Requested retention period (${hours} hours) is too short.`,
    );
  if (hours > limits.maxRetentionHours)
    throw invalidArgument(
      `Maximum allowed retention period is ${limits.maxRetentionHours} hours. Requested retention period (${hours} hours) is too long.`,
    );
}
