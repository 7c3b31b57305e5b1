import { invalidBucketName } from "./errors.ts";

const nameForm = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const addressForm = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;
const reservedStarts: readonly string[] = ["xn--", "sthree-"];
const reservedEnds: readonly string[] = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/** S3's rules for the names of general purpose buckets, but that `amzn-s3-demo-`, reserved for AWS's own examples, is free here. */
export function checkBucketName(name: string): void {
  const isReserved =
    reservedStarts.some((start) => name.startsWith(start)) || reservedEnds.some((end) => name.endsWith(end));
  if (!nameForm.test(name) || name.includes("..") || addressForm.test(name) || isReserved)
    throw invalidBucketName(name);
}
