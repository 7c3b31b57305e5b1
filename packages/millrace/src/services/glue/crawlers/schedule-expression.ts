import { AwsCron, CronError, cronFieldsOf } from "../../../core/aws-cron.ts";
import { invalidInput } from "../errors.ts";

/** Glue runs nothing more often than this. */
const shortestGapMinutes = 5;

/** Checks a schedule as clients write it: `cron(15 12 * * ? *)`. @throws ServiceError InvalidInputException */
export function checkSchedule(expression: string): void {
  const fields = cronFieldsOf(expression);
  if (fields === undefined)
    throw invalidInput(`The schedule expression must be cron(...), not ${JSON.stringify(expression)}.`);
  const gap = parsed(fields).shortestGapMinutes;
  if (gap < shortestGapMinutes)
    throw invalidInput(
      `Schedules that run more often than every ${shortestGapMinutes} minutes are not supported.`,
    );
}

/** When a schedule that was checked runs next; undefined when it never does again. */
export function nextRunMs(expression: string, afterMs: number): number | undefined {
  const fields = cronFieldsOf(expression);
  return fields === undefined ? undefined : new AwsCron(fields).next(afterMs);
}

function parsed(fields: string): AwsCron {
  try {
    return new AwsCron(fields);
  } catch (error) {
    if (error instanceof CronError)
      throw invalidInput(`The schedule expression is not valid: ${error.message}`);
    throw error;
  }
}
