import type { AttachedPermissionsBoundary, Group, InstanceProfile, Role, User } from "@aws-sdk/client-iam";
import type { IamAccount } from "./account.ts";
import { iamArn } from "./arn.ts";
import type { GroupDocument, ProfileDocument, RoleDocument, UserDocument } from "./document.ts";
import { encodePolicy } from "./policy-text.ts";
import { tagsMember } from "./tags.ts";

/** Entities as answers carry them. Lists leave out what only `...Fully` gives. */
export function describeUser(account: string, user: UserDocument): User & { UserName: string } {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: iamArn(account, "user", user),
    CreateDate: new Date(user.createdMs),
  };
}

export function describeUserFully(account: string, user: UserDocument): User {
  return { ...describeUser(account, user), ...boundaryMember(user.boundary), ...tagsMember(user.tags) };
}

export function describeGroup(account: string, group: GroupDocument): Group {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: iamArn(account, "group", group),
    CreateDate: new Date(group.createdMs),
  };
}

export function describeRole(account: string, role: RoleDocument): Role {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: iamArn(account, "role", role),
    CreateDate: new Date(role.createdMs),
    AssumeRolePolicyDocument: encodePolicy(role.trust),
    ...(role.description === "" ? {} : { Description: role.description }),
    MaxSessionDuration: role.maxSessionSeconds,
  };
}

export function describeRoleFully(account: string, role: RoleDocument): Role {
  return {
    ...describeRole(account, role),
    ...boundaryMember(role.boundary),
    ...tagsMember(role.tags),
    // When it was used last is not recorded; AWS answers an empty element, too, for a role that was never used.
    RoleLastUsed: {},
  };
}

export function describeProfile(account: IamAccount, profile: ProfileDocument): InstanceProfile {
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: iamArn(account.id, "instance-profile", profile),
    CreateDate: new Date(profile.createdMs),
    Roles: rolesOf(account, profile).map((role) => describeRole(account.id, role)),
  };
}

export function describeProfileFully(account: IamAccount, profile: ProfileDocument): InstanceProfile {
  return { ...describeProfile(account, profile), ...tagsMember(profile.tags) };
}

function rolesOf(account: IamAccount, profile: ProfileDocument): RoleDocument[] {
  return [...account.roles.values()].filter((role) => profile.roles.includes(role.id));
}

export function boundaryMember(arn: string | undefined): {
  PermissionsBoundary?: AttachedPermissionsBoundary;
} {
  if (arn === undefined) return {};
  return {
    PermissionsBoundary: {
      PermissionsBoundaryType: "PermissionsBoundaryPolicy",
      PermissionsBoundaryArn: arn,
    },
  };
}
