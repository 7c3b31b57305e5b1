import type { GetAccountSummaryResponse } from "@aws-sdk/client-iam";
import type { Call } from "../../../gateway/call.ts";
import { limits } from "../limits.ts";
import type { IamState } from "../state.ts";

export function getAccountSummary(state: IamState, _input: unknown, call: Call): GetAccountSummaryResponse {
  const account = state.account(call.account);
  const versions = [...account.policies.values()].reduce((sum, { versions }) => sum + versions.length, 0);
  return {
    SummaryMap: {
      Users: account.users.size,
      UsersQuota: limits.usersPerAccount,
      Groups: account.groups.size,
      GroupsQuota: limits.groupsPerAccount,
      Roles: account.roles.size,
      RolesQuota: limits.rolesPerAccount,
      Policies: account.policies.size,
      PoliciesQuota: limits.policiesPerAccount,
      PolicyVersionsInUse: versions,
      PolicyVersionsInUseQuota: limits.policiesPerAccount * limits.versionsPerPolicy,
      InstanceProfiles: account.profiles.size,
      InstanceProfilesQuota: limits.profilesPerAccount,
      Providers: account.providers.size,
      AccessKeysPerUserQuota: limits.accessKeysPerUser,
      GroupsPerUserQuota: limits.groupsPerUser,
      AttachedPoliciesPerUserQuota: limits.attachedPoliciesPerEntity,
      AttachedPoliciesPerGroupQuota: limits.attachedPoliciesPerEntity,
      AttachedPoliciesPerRoleQuota: limits.attachedPoliciesPerEntity,
      VersionsPerPolicyQuota: limits.versionsPerPolicy,
      PolicySizeQuota: limits.managedPolicyCharacters,
      UserPolicySizeQuota: limits.inlineUserCharacters,
      GroupPolicySizeQuota: limits.inlineGroupCharacters,
      AssumeRolePolicySizeQuota: limits.trustPolicyCharacters,
      MFADevices: 0,
      MFADevicesInUse: 0,
      ServerCertificates: 0,
      SigningCertificatesPerUserQuota: 2,
      AccountMFAEnabled: 0,
      AccountAccessKeysPresent: 0,
      AccountSigningCertificatesPresent: 0,
      GlobalEndpointTokenVersion: 2,
    },
  };
}
