import type { Call } from "../../gateway/call.ts";
import type { Permission } from "../../gateway/service.ts";
import { objectPermission } from "./permissions.ts";
import type { S3State } from "./state.ts";

interface Named {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string | undefined;
  readonly IfMatch?: string | undefined;
  readonly BypassGovernanceRetention?: boolean | undefined;
}

/** What removing an object needs; going round a lock needs an action of its own. */
export function deletePermissions(state: S3State, input: Named, call: Call): readonly Permission[] {
  const { Bucket, Key, VersionId, IfMatch } = input;
  const actions = [VersionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion"];
  // An entity tag says what the object is, so only readers may ask with one.
  if (IfMatch !== undefined && IfMatch !== "*") actions.push("s3:GetObject");
  if (input.BypassGovernanceRetention === true && isGoverned(state, input))
    actions.push("s3:BypassGovernanceRetention");
  const context = VersionId === undefined ? {} : { "s3:VersionId": VersionId };
  return actions.map((action) => objectPermission(state, Bucket, Key, action, call, context));
}

function isGoverned(state: S3State, { Bucket, Key, VersionId }: Named): boolean {
  if (state.objects.bucket(Bucket) === undefined) return false;
  return state.objects.find(Bucket, Key, VersionId)?.retention?.mode === "GOVERNANCE";
}

/** Changing a retention; going round a lock in force needs an action of its own. */
export function retentionPermissions(state: S3State, input: Named, call: Call): readonly Permission[] {
  const { Bucket, Key, VersionId, BypassGovernanceRetention } = input;
  const actions = ["s3:PutObjectRetention"];
  if (BypassGovernanceRetention === true && isGoverned(state, input))
    actions.push("s3:BypassGovernanceRetention");
  const context = VersionId === undefined ? {} : { "s3:VersionId": VersionId };
  return actions.map((action) => objectPermission(state, Bucket, Key, action, call, context));
}
