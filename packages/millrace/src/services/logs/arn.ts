import { formatArn, parseArn, partitionOf } from "../../core/arn.ts";
import { invalidParameter } from "./errors.ts";

interface Owner {
  readonly account: string;
  readonly region: string;
}

/** `arn:aws:logs:us-east-1:000000000000:log-group:orders` */
export function groupArn({ account, region }: Owner, name: string): string {
  const partition = partitionOf(region);
  return formatArn({ partition, service: "logs", region, account, resource: `log-group:${name}` });
}

/** A stream's ARN; with an empty name what IAM policies are asked about for the whole group. */
export function streamArn(owner: Owner, group: string, stream: string): string {
  return `${groupArn(owner, group)}:log-stream:${stream}`;
}

/** The name of a group that is given by its name or its ARN, with or without `:*` at the end. */
export function groupNameOf(identifier: string, { account, region }: Owner): string {
  if (!identifier.startsWith("arn:")) return identifier;
  const arn = parseArn(identifier);
  const name = /^log-group:([^:]+)(?::\*)?$/.exec(arn?.resource ?? "")?.[1];
  if (arn?.service !== "logs" || name === undefined)
    throw invalidParameter(`The ARN ${identifier} does not name a log group.`);
  if (arn.account !== account || arn.region !== region)
    throw invalidParameter("Log groups of other accounts and regions cannot be reached.");
  return name;
}
