import type { AttachedPolicy, IAM } from "@aws-sdk/client-iam";

export type HolderKind = "user" | "group" | "role";

/** The calls that IAM has for the policies of a user, a group or a role. */
export interface Holder {
  listAttached(iam: IAM, name: string, Marker: string | undefined): Promise<AttachedPage>;
  attach(iam: IAM, name: string, arn: string): Promise<unknown>;
  detach(iam: IAM, name: string, arn: string): Promise<unknown>;
  listInline(iam: IAM, name: string, Marker: string | undefined): Promise<InlinePage>;
  getInline(
    iam: IAM,
    name: string,
    policy: string,
  ): Promise<{ readonly PolicyDocument?: string | undefined }>;
  putInline(iam: IAM, name: string, policy: string, document: string): Promise<unknown>;
  deleteInline(iam: IAM, name: string, policy: string): Promise<unknown>;
}

interface AttachedPage {
  readonly AttachedPolicies?: AttachedPolicy[] | undefined;
  readonly Marker?: string | undefined;
}

interface InlinePage {
  readonly PolicyNames?: string[] | undefined;
  readonly Marker?: string | undefined;
}

const users: Holder = {
  listAttached: (iam, UserName, Marker) => iam.listAttachedUserPolicies({ UserName, Marker }),
  attach: (iam, UserName, PolicyArn) => iam.attachUserPolicy({ UserName, PolicyArn }),
  detach: (iam, UserName, PolicyArn) => iam.detachUserPolicy({ UserName, PolicyArn }),
  listInline: (iam, UserName, Marker) => iam.listUserPolicies({ UserName, Marker }),
  getInline: (iam, UserName, PolicyName) => iam.getUserPolicy({ UserName, PolicyName }),
  putInline: (iam, UserName, PolicyName, PolicyDocument) =>
    iam.putUserPolicy({ UserName, PolicyName, PolicyDocument }),
  deleteInline: (iam, UserName, PolicyName) => iam.deleteUserPolicy({ UserName, PolicyName }),
};

const groups: Holder = {
  listAttached: (iam, GroupName, Marker) => iam.listAttachedGroupPolicies({ GroupName, Marker }),
  attach: (iam, GroupName, PolicyArn) => iam.attachGroupPolicy({ GroupName, PolicyArn }),
  detach: (iam, GroupName, PolicyArn) => iam.detachGroupPolicy({ GroupName, PolicyArn }),
  listInline: (iam, GroupName, Marker) => iam.listGroupPolicies({ GroupName, Marker }),
  getInline: (iam, GroupName, PolicyName) => iam.getGroupPolicy({ GroupName, PolicyName }),
  putInline: (iam, GroupName, PolicyName, PolicyDocument) =>
    iam.putGroupPolicy({ GroupName, PolicyName, PolicyDocument }),
  deleteInline: (iam, GroupName, PolicyName) => iam.deleteGroupPolicy({ GroupName, PolicyName }),
};

const roles: Holder = {
  listAttached: (iam, RoleName, Marker) => iam.listAttachedRolePolicies({ RoleName, Marker }),
  attach: (iam, RoleName, PolicyArn) => iam.attachRolePolicy({ RoleName, PolicyArn }),
  detach: (iam, RoleName, PolicyArn) => iam.detachRolePolicy({ RoleName, PolicyArn }),
  listInline: (iam, RoleName, Marker) => iam.listRolePolicies({ RoleName, Marker }),
  getInline: (iam, RoleName, PolicyName) => iam.getRolePolicy({ RoleName, PolicyName }),
  putInline: (iam, RoleName, PolicyName, PolicyDocument) =>
    iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument }),
  deleteInline: (iam, RoleName, PolicyName) => iam.deleteRolePolicy({ RoleName, PolicyName }),
};

export const holders: Readonly<Record<HolderKind, Holder>> = { user: users, group: groups, role: roles };
