import type { Call } from "../../gateway/call.ts";
import type { Permission } from "../../gateway/service.ts";
import { bucketPermission } from "./permissions.ts";
import type { S3State } from "./state.ts";

interface Listed {
  readonly Bucket: string;
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
}

/** Listing a bucket, with what is listed as condition keys. */
export function listPermissions(
  action: string,
): (state: S3State, input: Listed, call: Call) => readonly Permission[] {
  return (state, { Bucket, Prefix, Delimiter, MaxKeys }, call) => [
    bucketPermission(state, Bucket, action, call, {
      // A listing without a prefix is one with an empty prefix.
      "s3:prefix": Prefix ?? "",
      "s3:delimiter": Delimiter,
      "s3:max-keys": MaxKeys === undefined ? undefined : String(MaxKeys),
    }),
  ];
}
