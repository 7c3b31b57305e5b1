import type { Call } from "../../gateway/call.ts";
import type { Permission } from "../../gateway/service.ts";
import type { StsState } from "./state.ts";

/** What a call needs, where it is not one action on one resource. */
export const noResource = (): readonly string[] => ["*"];

/** Anybody may call it. */
export const noPermission = (): readonly Permission[] => [];

interface AssumeInput {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly ExternalId?: string | undefined;
  readonly SourceIdentity?: string | undefined;
  readonly Tags?: readonly { readonly Key: string }[] | undefined;
  readonly TransitiveTagKeys?: readonly string[] | undefined;
}

export const roleResource = (
  _state: StsState,
  { RoleArn }: { readonly RoleArn: string },
): readonly string[] => [RoleArn];

/** To assume a role, and to say more about oneself while doing so. */
export function assumePermissions(_state: StsState, input: AssumeInput, _call: Call): readonly Permission[] {
  const { RoleArn, RoleSessionName, ExternalId, SourceIdentity, Tags, TransitiveTagKeys } = input;
  const context = {
    "sts:ExternalId": ExternalId,
    "sts:RoleSessionName": RoleSessionName,
    "sts:SourceIdentity": SourceIdentity,
    "sts:TransitiveTagKeys": TransitiveTagKeys,
  };
  const actions = ["sts:AssumeRole"];
  if (Tags !== undefined && Tags.length > 0) actions.push("sts:TagSession");
  if (SourceIdentity !== undefined) actions.push("sts:SetSourceIdentity");
  return actions.map((action) => ({ action, resources: [RoleArn], context }));
}
