import type {
  EntityType,
  GroupDetail,
  ManagedPolicyDetail,
  PolicyDetail,
  RoleDetail,
  UserDetail,
} from "@aws-sdk/client-iam";
import { type IamAccount, keyOf } from "./account.ts";
import { iamArn } from "./arn.ts";
import { attachedPolicies } from "./attachments.ts";
import {
  boundaryMember,
  describeGroup,
  describeProfile,
  describeRoleFully,
  describeUserFully,
} from "./describe.ts";
import type { GroupDocument, PolicyHolder, RoleDocument, UserDocument } from "./document.ts";
import { isAwsManaged } from "./managed-policies.ts";
import {
  awsPolicy,
  describePolicy,
  describeVersionFully,
  type KnownPolicy,
  type PolicyUses,
  policyUses,
} from "./policies.ts";
import { encodePolicy } from "./policy-text.ts";
import type { IamState } from "./state.ts";

/** One entity of the account; its details are only written out for the page that it lies on. */
export interface DetailEntry {
  readonly type: EntityType;
  /** Orders the entities: users, groups, roles, policies. */
  readonly key: string;
  readonly user?: () => UserDetail;
  readonly group?: () => GroupDetail;
  readonly role?: () => RoleDetail;
  readonly policy?: () => ManagedPolicyDetail;
}

/** Everything that GetAccountAuthorizationDetails tells. Of AWS's policies, those that are in use. */
export function detailEntries(state: IamState, account: IamAccount): DetailEntry[] {
  const uses = policyUses(account);
  const own = [...account.policies.values()].map((document) => ({
    arn: iamArn(account.id, "policy", document),
    document,
  }));
  const aws = [...new Set([...uses.attached.keys(), ...uses.boundaries.keys()])].flatMap((arn) => {
    const found = state.managed.get(arn);
    return found === undefined ? [] : [awsPolicy(arn, found)];
  });
  return [
    ...[...account.users.values()].map((user) => ({
      type: "User" as const,
      key: `0${keyOf(user.name)}`,
      user: () => userDetail(state, account, user),
    })),
    ...[...account.groups.values()].map((group) => ({
      type: "Group" as const,
      key: `1${keyOf(group.name)}`,
      group: () => groupDetail(state, account, group),
    })),
    ...[...account.roles.values()].map((role) => ({
      type: "Role" as const,
      key: `2${keyOf(role.name)}`,
      role: () => roleDetail(state, account, role),
    })),
    ...[...own, ...aws].map((policy) => ({
      type: isAwsManaged(policy.arn) ? ("AWSManagedPolicy" as const) : ("LocalManagedPolicy" as const),
      key: `${isAwsManaged(policy.arn) ? 4 : 3}${keyOf(policy.document.name)}`,
      policy: () => policyDetail(policy, uses),
    })),
  ];
}

function userDetail(state: IamState, account: IamAccount, user: UserDocument): UserDetail {
  const groups = [...account.groups.values()].filter(({ id }) => user.groups.includes(id));
  return {
    ...describeUserFully(account.id, user),
    ...boundaryMember(user.boundary),
    UserPolicyList: inlineList(user),
    GroupList: groups.map(({ name }) => name),
    AttachedManagedPolicies: attachedList(state, account, user),
  };
}

function groupDetail(state: IamState, account: IamAccount, group: GroupDocument): GroupDetail {
  return {
    ...describeGroup(account.id, group),
    GroupPolicyList: inlineList(group),
    AttachedManagedPolicies: attachedList(state, account, group),
  };
}

function roleDetail(state: IamState, account: IamAccount, role: RoleDocument): RoleDetail {
  const profiles = [...account.profiles.values()].filter(({ roles }) => roles.includes(role.id));
  return {
    ...describeRoleFully(account.id, role),
    InstanceProfileList: profiles.map((profile) => describeProfile(account, profile)),
    RolePolicyList: inlineList(role),
    AttachedManagedPolicies: attachedList(state, account, role),
  };
}

function policyDetail(policy: KnownPolicy, uses: PolicyUses): ManagedPolicyDetail {
  const { document } = policy;
  return {
    ...describePolicy(policy, uses),
    ...(document.description === "" ? {} : { Description: document.description }),
    PolicyVersionList: document.versions.map((version) => describeVersionFully(document, version)),
  };
}

function inlineList({ inline }: PolicyHolder): PolicyDetail[] {
  return Object.entries(inline).map(([PolicyName, text]) => ({
    PolicyName,
    PolicyDocument: encodePolicy(text),
  }));
}

function attachedList(
  state: IamState,
  account: IamAccount,
  { attached }: PolicyHolder,
): { PolicyName: string; PolicyArn: string }[] {
  return attachedPolicies(state, account.id, attached).map(({ PolicyName, PolicyArn = "" }) => ({
    PolicyName,
    PolicyArn,
  }));
}
