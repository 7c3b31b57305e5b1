import { formatArn, parseArn, partitionOf } from "../../core/arn.ts";
import type { Owner } from "./applications/document.ts";

/** What trust policies call the service. */
export const analyticsService = "kinesisanalytics.amazonaws.com";

const prefix = "application/";

export function applicationArn({ account, region, name }: Owner & { readonly name: string }): string {
  const resource = `${prefix}${name}`;
  return formatArn({
    partition: partitionOf(region),
    service: "kinesisanalytics",
    region,
    account,
    resource,
  });
}

/** The name in an application's ARN; undefined when the text is none of this account and region. */
export function nameInArn(text: string, { account, region }: Owner): string | undefined {
  const arn = parseArn(text);
  if (arn?.service !== "kinesisanalytics" || arn.account !== account || arn.region !== region)
    return undefined;
  return arn.resource.startsWith(prefix) ? arn.resource.slice(prefix.length) : undefined;
}
