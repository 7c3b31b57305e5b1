import type { ContextEntries } from "../../core/policy/request-context.ts";
import type { Call } from "../../gateway/call.ts";
import type { OperationEntry, Permission, PermissionsOf } from "../../gateway/service.ts";
import { bucketArn, objectArn } from "./arn.ts";
import type { S3State } from "./state.ts";

/** What an operation must be allowed to do: the part of its line in the table that is not the function. */
type Needs<Input> = Pick<OperationEntry<S3State, Input>, "resources" | "permissions">;

/** S3's actions are seldom called like the operation, so each operation says what it needs. */
export function needs<Input>(permissions: PermissionsOf<S3State, Input>): Needs<Input> {
  return {
    permissions,
    resources: (state, input, call) =>
      permissions(state, input, call).flatMap((permission) => permission.resources),
  };
}

/** An operation on a bucket that needs one action, or several. */
export function onBucket(...actions: readonly string[]): Needs<{ readonly Bucket: string }> {
  return needs((state, { Bucket }, call) =>
    actions.map((action) => bucketPermission(state, Bucket, action, call)),
  );
}

/**
 * An operation on a bucket's policy. The root of the bucket's account needs nothing, so that no policy locks
 * everybody out.
 */
export function onBucketPolicy(action: string): Needs<{ readonly Bucket: string }> {
  return needs((state, { Bucket }, call) => {
    const { kind, session } = call.principal;
    const isRoot = kind === "root" && session === undefined;
    if (isRoot && state.objects.bucket(Bucket)?.account === call.account) return [];
    return [bucketPermission(state, Bucket, action, call)];
  });
}

/** An operation on an object: the second action takes the place of the first when a version is named. */
export function onObject(
  action: string,
  versionAction: string = action,
): Needs<{ readonly Bucket: string; readonly Key: string; readonly VersionId?: string | undefined }> {
  return needs((state, { Bucket, Key, VersionId }, call) => [
    VersionId === undefined
      ? objectPermission(state, Bucket, Key, action, call)
      : objectPermission(state, Bucket, Key, versionAction, call, { "s3:VersionId": VersionId }),
  ]);
}

export function bucketPermission(
  state: S3State,
  bucket: string,
  action: string,
  call: Call,
  context?: ContextEntries,
): Permission {
  return permission(state, bucket, action, bucketArn(bucket, call.region), context);
}

export function objectPermission(
  state: S3State,
  bucket: string,
  key: string,
  action: string,
  call: Call,
  context?: ContextEntries,
): Permission {
  return permission(state, bucket, action, objectArn(bucket, key, call.region), context);
}

/** A bucket's ARN does not say whose it is, so the permission does. */
function permission(
  state: S3State,
  bucket: string,
  action: string,
  arn: string,
  context: ContextEntries | undefined,
): Permission {
  const owner = state.objects.bucket(bucket)?.account;
  return {
    action,
    resources: [arn],
    ...(context === undefined ? {} : { context }),
    ...(owner === undefined ? {} : { resourceAccount: owner }),
  };
}
