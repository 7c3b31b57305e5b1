import type {
  CreateApplicationRequest,
  UpdateApplicationRequest,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../gateway/call.ts";
import type { Input, Permission } from "../../gateway/service.ts";
import { analyticsService, applicationArn } from "./arn.ts";
import type { KinesisAnalyticsV2State } from "./state.ts";

/**
 * Which ARNs a call touches:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisanalyticsv2.html
 */
export function applicationResource(
  _state: KinesisAnalyticsV2State,
  { ApplicationName: name }: { readonly ApplicationName: string },
  call: Call,
): readonly string[] {
  return [applicationArn({ account: call.account, region: call.region, name })];
}

export const arnResource = (
  _state: KinesisAnalyticsV2State,
  { ResourceARN: arn }: { readonly ResourceARN: string },
): readonly string[] => [arn];

export const noResource = (): readonly string[] => ["*"];

/** To create an application, to tag it, and to pass its role. */
export function createPermissions(
  state: KinesisAnalyticsV2State,
  input: Input<CreateApplicationRequest>,
  call: Call,
): readonly Permission[] {
  const resources = applicationResource(state, input, call);
  const permissions: Permission[] = [{ action: "kinesisanalytics:CreateApplication", resources }];
  if ((input.Tags ?? []).length > 0) permissions.push({ action: "kinesisanalytics:TagResource", resources });
  permissions.push(passing(input.ServiceExecutionRole, resources));
  return permissions;
}

export function updatePermissions(
  state: KinesisAnalyticsV2State,
  input: Input<UpdateApplicationRequest>,
  call: Call,
): readonly Permission[] {
  const resources = applicationResource(state, input, call);
  const role = input.ServiceExecutionRoleUpdate;
  const update = { action: "kinesisanalytics:UpdateApplication", resources };
  return role === undefined ? [update] : [update, passing(role, resources)];
}

/** Discovery reads in the name of a role that the caller must be allowed to pass. */
export function discoverPermissions(
  _state: KinesisAnalyticsV2State,
  { ServiceExecutionRole: role }: { readonly ServiceExecutionRole: string },
): readonly Permission[] {
  return [{ action: "kinesisanalytics:DiscoverInputSchema", resources: ["*"] }, passing(role, [])];
}

function passing(role: string, [arn]: readonly string[]): Permission {
  const context = {
    "iam:PassedToService": analyticsService,
    ...(arn !== undefined && { "iam:AssociatedResourceArn": arn }),
  };
  return { action: "iam:PassRole", resources: [role], context };
}
