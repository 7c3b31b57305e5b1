import type { CloudWatchLoggingOptionDescription } from "@aws-sdk/client-kinesis-analytics-v2";
import { parseArn } from "../../../core/arn.ts";
import { invalidArgument } from "../errors.ts";

/** Where lines go. */
export interface LogStream {
  readonly account: string;
  readonly region: string;
  readonly group: string;
  readonly stream: string;
}

/** Undefined when the text is not the ARN of a log stream. */
export function parseLogStream(text: string): LogStream | undefined {
  const arn = parseArn(text);
  const names = /^log-group:([^:]+):log-stream:([^:*]+)$/.exec(arn?.resource ?? "");
  const [, group, stream] = names ?? [];
  if (arn?.service !== "logs" || group === undefined || stream === undefined) return undefined;
  return { account: arn.account, region: arn.region, group, stream };
}

/** @throws ServiceError InvalidArgumentException */
export function newLoggingOption(arn: string, id: string): CloudWatchLoggingOptionDescription {
  if (parseLogStream(arn) === undefined)
    throw invalidArgument(`${arn} is not the ARN of a log stream of CloudWatch Logs.`);
  return { CloudWatchLoggingOptionId: id, LogStreamARN: arn };
}
