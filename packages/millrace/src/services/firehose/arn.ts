import { formatArn, partitionOf } from "../../core/arn.ts";

export function deliveryStreamArn(stream: {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}): string {
  const { account, region, name } = stream;
  return formatArn({
    partition: partitionOf(region),
    service: "firehose",
    region,
    account,
    resource: `deliverystream/${name}`,
  });
}
