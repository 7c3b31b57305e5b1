import type { Call } from "../../gateway/call.ts";
import type { Permission } from "../../gateway/service.ts";
import { keyOf } from "./account.ts";
import { iamArn, providerArn } from "./arn.ts";
import { providerKey } from "./providers.ts";
import type { IamState } from "./state.ts";

/** Which ARNs a call touches, as AWS's service authorization reference lists them for IAM. */
type Resources<Input> = (state: IamState, input: Input, call: Call) => readonly string[];

export const noResource = (): readonly string[] => ["*"];

interface Named {
  readonly UserName?: string | undefined;
  readonly Path?: string | undefined;
}

/** A user; the caller where the input names none. */
export const userResource: Resources<Named> = (state, { UserName, Path }, call) => {
  if (UserName === undefined) return [call.principal.kind === "user" ? call.principal.arn : "*"];
  const path = state.account(call.account).users.get(keyOf(UserName))?.path ?? Path ?? "/";
  return [iamArn(call.account, "user", { path, name: UserName })];
};

export const groupResource: Resources<{ readonly GroupName: string; readonly Path?: string | undefined }> = (
  state,
  { GroupName: name, Path },
  call,
) => {
  const path = state.account(call.account).groups.get(keyOf(name))?.path ?? Path ?? "/";
  return [iamArn(call.account, "group", { path, name })];
};

export const roleResource: Resources<{ readonly RoleName: string; readonly Path?: string | undefined }> = (
  state,
  { RoleName: name, Path },
  call,
) => {
  const path = state.account(call.account).roles.get(keyOf(name))?.path ?? Path ?? "/";
  return [iamArn(call.account, "role", { path, name })];
};

export const newPolicyResource: Resources<{
  readonly PolicyName: string;
  readonly Path?: string | undefined;
}> = (_state, { PolicyName: name, Path = "/" }, call) => [
  iamArn(call.account, "policy", { path: Path, name }),
];

export const policyResource: Resources<{ readonly PolicyArn: string }> = (_state, { PolicyArn }) => [
  PolicyArn,
];

export const profileResource: Resources<{
  readonly InstanceProfileName: string;
  readonly Path?: string | undefined;
}> = (state, { InstanceProfileName: name, Path }, call) => {
  const path = state.account(call.account).profiles.get(keyOf(name))?.path ?? Path ?? "/";
  return [iamArn(call.account, "instance-profile", { path, name })];
};

export const newProviderResource: Resources<{ readonly Url: string }> = (_state, { Url }, call) => [
  providerArn(call.account, providerKey(Url)),
];

export const providerResource: Resources<{ readonly OpenIDConnectProviderArn: string }> = (
  _state,
  { OpenIDConnectProviderArn },
) => [OpenIDConnectProviderArn];

export const linkedRoleResource: Resources<{ readonly AWSServiceName: string }> = (
  _state,
  { AWSServiceName },
  call,
) => [`arn:aws:iam::${call.account}:role/aws-service-role/${AWSServiceName}/*`];

export const sourceResource: Resources<{ readonly PolicySourceArn: string }> = (
  _state,
  { PolicySourceArn },
) => [PolicySourceArn];

/** The user that an access key belongs to. */
export const keyOwnerResource: Resources<{ readonly AccessKeyId: string }> = (
  state,
  { AccessKeyId },
  call,
) => {
  const account = state.account(call.account);
  const userId = account.keys.get(AccessKeyId)?.userId;
  const owner = [...account.users.values()].find((user) => user.id === userId);
  return [owner === undefined ? `arn:aws:iam::${call.account}:user/*` : iamArn(call.account, "user", owner)];
};

interface PolicyInput {
  readonly PolicyArn?: string | undefined;
  readonly PermissionsBoundary?: string | undefined;
  readonly AWSServiceName?: string | undefined;
}

/** The call's own action, with the condition keys that limit which policies may be given to whom. */
export function conditioned<Input extends object>(
  resources: Resources<Input>,
): (state: IamState, input: Input & PolicyInput, call: Call) => readonly Permission[] {
  return (state, input, call) => [
    {
      action: `iam:${call.operation}`,
      resources: resources(state, input, call),
      context: {
        "iam:PolicyARN": input.PolicyArn,
        "iam:PermissionsBoundary": input.PermissionsBoundary ?? boundaryOf(state, input, call),
        "iam:AWSServiceName": input.AWSServiceName,
      },
    },
  ];
}

/** The boundary that the user or role of a call has already. */
function boundaryOf(state: IamState, input: object, call: Call): string | undefined {
  const { UserName, RoleName } = input as { readonly UserName?: string; readonly RoleName?: string };
  const account = state.account(call.account);
  if (UserName !== undefined) return account.users.get(keyOf(UserName))?.boundary;
  return RoleName === undefined ? undefined : account.roles.get(keyOf(RoleName))?.boundary;
}

/** Putting a role into an instance profile passes it to EC2. */
export function passingToProfile(
  state: IamState,
  input: { readonly InstanceProfileName: string; readonly RoleName: string },
  call: Call,
): readonly Permission[] {
  return [
    { action: `iam:${call.operation}`, resources: profileResource(state, input, call) },
    {
      action: "iam:PassRole",
      resources: roleResource(state, input, call),
      context: { "iam:PassedToService": "ec2.amazonaws.com" },
    },
  ];
}

/** The role that a task of deletion is about: `task/aws-service-role/<service>/<role>/<id>`. */
export const deletedRoleResource: Resources<{ readonly DeletionTaskId: string }> = (
  _state,
  { DeletionTaskId },
  call,
) => [`arn:aws:iam::${call.account}:role/${DeletionTaskId.split("/").slice(1, -1).join("/")}`];
