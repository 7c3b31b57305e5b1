import { formatArn, partitionOf } from "../../core/arn.ts";

/** S3's ARNs name neither region nor account: a bucket's name is unique. */
export function bucketArn(bucket: string, region: string): string {
  return formatArn({
    partition: partitionOf(region),
    service: "s3",
    region: "",
    account: "",
    resource: bucket,
  });
}

export function objectArn(bucket: string, key: string, region: string): string {
  return bucketArn(`${bucket}/${key}`, region);
}
