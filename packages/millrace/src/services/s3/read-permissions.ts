import type { ContextEntries } from "../../core/policy/request-context.ts";
import type { Call } from "../../gateway/call.ts";
import type { Permission } from "../../gateway/service.ts";
import { decryptPermissions } from "./decrypt-permissions.ts";
import { bucketPermission, objectPermission } from "./permissions.ts";
import type { S3State } from "./state.ts";

interface Named {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string | undefined;
}

export interface ReadActions {
  readonly current: readonly string[];
  readonly versioned: readonly string[];
}

const readActions: ReadActions = Object.freeze({
  current: Object.freeze(["s3:GetObject"]),
  versioned: Object.freeze(["s3:GetObjectVersion"]),
});

/**
 * What reading an object needs. Whoever may not list the bucket is not told either that an object is not
 * there: then listing is what is missing.
 */
export function readPermissions(
  state: S3State,
  { Bucket, Key, VersionId }: Named,
  call: Call,
  { current, versioned }: ReadActions = readActions,
): readonly Permission[] {
  const bucket = state.objects.bucket(Bucket);
  const version = bucket === undefined ? undefined : state.objects.find(Bucket, Key, VersionId);
  const context: ContextEntries = {
    "s3:VersionId": VersionId,
    ...Object.fromEntries(
      Object.entries(version?.tags ?? {}).map(([name, value]) => [`s3:ExistingObjectTag/${name}`, value]),
    ),
  };
  const actions = VersionId === undefined ? current : versioned;
  const reading = actions.map((action) => objectPermission(state, Bucket, Key, action, call, context));
  if (bucket === undefined) return reading;
  const isThere = version !== undefined && !version.isDeleteMarker;
  if (isThere) return [...reading, ...decryptPermissions(state, bucket, version, call)];
  return [...reading, bucketPermission(state, Bucket, "s3:ListBucket", call, { "s3:prefix": Key })];
}

const attributeActions: ReadActions = Object.freeze({
  current: Object.freeze(["s3:GetObject", "s3:GetObjectAttributes"]),
  versioned: Object.freeze(["s3:GetObjectVersion", "s3:GetObjectVersionAttributes"]),
});

export function attributesPermissions(state: S3State, input: Named, call: Call): readonly Permission[] {
  return readPermissions(state, input, call, attributeActions);
}
