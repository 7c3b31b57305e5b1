import type {
  CreateClusterMessage,
  GetClusterCredentialsMessage,
  GetClusterCredentialsWithIAMMessage,
  ModifyClusterIamRolesMessage,
} from "@aws-sdk/client-redshift";
import type { Call } from "../../gateway/call.ts";
import type { Input, Permission } from "../../gateway/service.ts";
import { redshiftArn, resourceArn } from "./arn.ts";
import { limits } from "./limits.ts";
import type { RedshiftState } from "./state.ts";

/**
 * Which ARNs a call touches:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonredshift.html
 */
type Resources<Members> = (state: RedshiftState, input: Members, call: Call) => readonly string[];
type Named<Member extends string> = { readonly [name in Member]?: string | undefined };

export const noResource = (): readonly string[] => ["*"];

const named = (call: Call, kind: Parameters<typeof resourceArn>[1], name: string | undefined): string[] => [
  resourceArn(call, kind, name ? name.toLowerCase() : "*"),
];

/** All clusters where none is named. */
export const clusterResource: Resources<Named<"ClusterIdentifier">> = (_state, input, call) =>
  named(call, "cluster", input.ClusterIdentifier);

export const parameterGroupResource: Resources<Named<"ParameterGroupName">> = (_state, input, call) =>
  named(call, "parametergroup", input.ParameterGroupName);

export const securityGroupResource: Resources<Named<"ClusterSecurityGroupName">> = (_state, input, call) =>
  named(call, "securitygroup", input.ClusterSecurityGroupName);

export const subnetGroupResource: Resources<Named<"ClusterSubnetGroupName">> = (_state, input, call) =>
  named(call, "subnetgroup", input.ClusterSubnetGroupName);

export const taggedResource: Resources<Named<"ResourceName">> = (_state, input) => [
  input.ResourceName || "*",
];

interface Tagging {
  readonly Tags?:
    | readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[]
    | undefined;
}

/** Whoever makes something with tags must be allowed to tag. */
export function creating<Members>(
  resources: Resources<Members>,
): (state: RedshiftState, input: Members & Tagging, call: Call) => readonly Permission[] {
  return (state, input, call) => {
    const arns = resources(state, input, call);
    const own = { action: `redshift:${call.operation}`, resources: arns, context: tagContext(input) };
    if (!input.Tags?.length) return [own];
    return [own, { action: "redshift:CreateTags", resources: arns, context: tagContext(input) }];
  };
}

function tagContext({ Tags = [] }: Tagging): Record<string, string | readonly string[]> {
  if (Tags.length === 0) return {};
  const context: Record<string, string | readonly string[]> = {
    "aws:TagKeys": Tags.map(({ Key = "" }) => Key),
  };
  for (const { Key = "", Value = "" } of Tags) context[`aws:RequestTag/${Key}`] = Value;
  return context;
}

export function createTagsPermissions(
  state: RedshiftState,
  input: Named<"ResourceName"> & Tagging,
  call: Call,
): readonly Permission[] {
  const resources = taggedResource(state, input, call);
  return [{ action: "redshift:CreateTags", resources, context: tagContext(input) }];
}

/** To create a cluster, with tags and roles. */
export function createClusterPermissions(
  state: RedshiftState,
  input: Input<CreateClusterMessage>,
  call: Call,
): readonly Permission[] {
  const roles = [...(input.IamRoles ?? []), ...(input.DefaultIamRoleArn ? [input.DefaultIamRoleArn] : [])];
  return [...creating(clusterResource)(state, input, call), ...passing(roles)];
}

export function rolesPermissions(
  state: RedshiftState,
  input: Input<ModifyClusterIamRolesMessage>,
  call: Call,
): readonly Permission[] {
  return [
    { action: "redshift:ModifyClusterIamRoles", resources: clusterResource(state, input, call) },
    ...passing(input.AddIamRoles ?? []),
  ];
}

/** One permission a role, so that a condition holds for each of them. */
function passing(roles: readonly string[]): Permission[] {
  return [...new Set(roles)].map((role) => ({
    action: "iam:PassRole",
    resources: [role],
    context: { "iam:PassedToService": "redshift.amazonaws.com" },
  }));
}

/** The user, the database and the groups of the credentials; to make the user, and to join each group. */
export function credentialsPermissions(
  _state: RedshiftState,
  input: Input<GetClusterCredentialsMessage>,
  call: Call,
): readonly Permission[] {
  const cluster = (input.ClusterIdentifier ?? "*").toLowerCase();
  const arn = (kind: string, name: string): string => redshiftArn(call, `${kind}:${cluster}/${name}`);
  const user = arn("dbuser", input.DbUser.toLowerCase());
  const context = {
    "redshift:DbUser": input.DbUser,
    "redshift:DurationSeconds": String(input.DurationSeconds ?? limits.credentialsMinSeconds),
    ...(input.DbName ? { "redshift:DbName": input.DbName } : {}),
  };
  const resources = [user, ...(input.DbName ? [arn("dbname", input.DbName)] : [])];
  const groups = (input.DbGroups ?? []).map((group) => arn("dbgroup", group.toLowerCase()));
  return [
    { action: "redshift:GetClusterCredentials", resources, context },
    ...(input.AutoCreate === true
      ? [{ action: "redshift:CreateClusterUser", resources: [user], context }]
      : []),
    ...(groups.length > 0 ? [{ action: "redshift:JoinGroup", resources: groups }] : []),
  ];
}

export const credentialsWithIamResource: Resources<Input<GetClusterCredentialsWithIAMMessage>> = (
  _state,
  { ClusterIdentifier, DbName },
  call,
) => [redshiftArn(call, `dbname:${(ClusterIdentifier || "*").toLowerCase()}/${DbName || "*"}`)];
