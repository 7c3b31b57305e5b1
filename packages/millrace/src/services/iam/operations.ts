import type { OperationTable } from "../../gateway/service.ts";
import { addClientIDToOpenIDConnectProvider } from "./operations/add-client-id-to-open-id-connect-provider.ts";
import { addRoleToInstanceProfile } from "./operations/add-role-to-instance-profile.ts";
import { addUserToGroup } from "./operations/add-user-to-group.ts";
import { attachGroupPolicy } from "./operations/attach-group-policy.ts";
import { attachRolePolicy } from "./operations/attach-role-policy.ts";
import { attachUserPolicy } from "./operations/attach-user-policy.ts";
import { changePassword } from "./operations/change-password.ts";
import { createAccessKey } from "./operations/create-access-key.ts";
import { createAccountAlias } from "./operations/create-account-alias.ts";
import { createGroup } from "./operations/create-group.ts";
import { createInstanceProfile } from "./operations/create-instance-profile.ts";
import { createLoginProfile } from "./operations/create-login-profile.ts";
import { createOpenIDConnectProvider } from "./operations/create-open-id-connect-provider.ts";
import { createPolicy } from "./operations/create-policy.ts";
import { createPolicyVersion } from "./operations/create-policy-version.ts";
import { createRole } from "./operations/create-role.ts";
import { createServiceLinkedRole } from "./operations/create-service-linked-role.ts";
import { createUser } from "./operations/create-user.ts";
import { deleteAccessKey } from "./operations/delete-access-key.ts";
import { deleteAccountAlias } from "./operations/delete-account-alias.ts";
import { deleteAccountPasswordPolicy } from "./operations/delete-account-password-policy.ts";
import { deleteGroup } from "./operations/delete-group.ts";
import { deleteGroupPolicy } from "./operations/delete-group-policy.ts";
import { deleteInstanceProfile } from "./operations/delete-instance-profile.ts";
import { deleteLoginProfile } from "./operations/delete-login-profile.ts";
import { deleteOpenIDConnectProvider } from "./operations/delete-open-id-connect-provider.ts";
import { deletePolicy } from "./operations/delete-policy.ts";
import { deletePolicyVersion } from "./operations/delete-policy-version.ts";
import { deleteRole } from "./operations/delete-role.ts";
import { deleteRolePermissionsBoundary } from "./operations/delete-role-permissions-boundary.ts";
import { deleteRolePolicy } from "./operations/delete-role-policy.ts";
import { deleteServiceLinkedRole } from "./operations/delete-service-linked-role.ts";
import { deleteUser } from "./operations/delete-user.ts";
import { deleteUserPermissionsBoundary } from "./operations/delete-user-permissions-boundary.ts";
import { deleteUserPolicy } from "./operations/delete-user-policy.ts";
import { detachGroupPolicy } from "./operations/detach-group-policy.ts";
import { detachRolePolicy } from "./operations/detach-role-policy.ts";
import { detachUserPolicy } from "./operations/detach-user-policy.ts";
import { getAccessKeyLastUsed } from "./operations/get-access-key-last-used.ts";
import { getAccountAuthorizationDetails } from "./operations/get-account-authorization-details.ts";
import { getAccountPasswordPolicy } from "./operations/get-account-password-policy.ts";
import { getAccountSummary } from "./operations/get-account-summary.ts";
import { getContextKeysForCustomPolicy } from "./operations/get-context-keys-for-custom-policy.ts";
import { getContextKeysForPrincipalPolicy } from "./operations/get-context-keys-for-principal-policy.ts";
import { getGroup } from "./operations/get-group.ts";
import { getGroupPolicy } from "./operations/get-group-policy.ts";
import { getInstanceProfile } from "./operations/get-instance-profile.ts";
import { getLoginProfile } from "./operations/get-login-profile.ts";
import { getOpenIDConnectProvider } from "./operations/get-open-id-connect-provider.ts";
import { getPolicy } from "./operations/get-policy.ts";
import { getPolicyVersion } from "./operations/get-policy-version.ts";
import { getRole } from "./operations/get-role.ts";
import { getRolePolicy } from "./operations/get-role-policy.ts";
import { getServiceLinkedRoleDeletionStatus } from "./operations/get-service-linked-role-deletion-status.ts";
import { getUser } from "./operations/get-user.ts";
import { getUserPolicy } from "./operations/get-user-policy.ts";
import { listAccessKeys } from "./operations/list-access-keys.ts";
import { listAccountAliases } from "./operations/list-account-aliases.ts";
import { listAttachedGroupPolicies } from "./operations/list-attached-group-policies.ts";
import { listAttachedRolePolicies } from "./operations/list-attached-role-policies.ts";
import { listAttachedUserPolicies } from "./operations/list-attached-user-policies.ts";
import { listEntitiesForPolicy } from "./operations/list-entities-for-policy.ts";
import { listGroupPolicies } from "./operations/list-group-policies.ts";
import { listGroups } from "./operations/list-groups.ts";
import { listGroupsForUser } from "./operations/list-groups-for-user.ts";
import { listInstanceProfileTags } from "./operations/list-instance-profile-tags.ts";
import { listInstanceProfiles } from "./operations/list-instance-profiles.ts";
import { listInstanceProfilesForRole } from "./operations/list-instance-profiles-for-role.ts";
import { listMFADevices } from "./operations/list-mfa-devices.ts";
import { listOpenIDConnectProviderTags } from "./operations/list-open-id-connect-provider-tags.ts";
import { listOpenIDConnectProviders } from "./operations/list-open-id-connect-providers.ts";
import { listPolicies } from "./operations/list-policies.ts";
import { listPolicyTags } from "./operations/list-policy-tags.ts";
import { listPolicyVersions } from "./operations/list-policy-versions.ts";
import { listRolePolicies } from "./operations/list-role-policies.ts";
import { listRoleTags } from "./operations/list-role-tags.ts";
import { listRoles } from "./operations/list-roles.ts";
import { listSAMLProviders } from "./operations/list-saml-providers.ts";
import { listServerCertificates } from "./operations/list-server-certificates.ts";
import { listServiceSpecificCredentials } from "./operations/list-service-specific-credentials.ts";
import { listSigningCertificates } from "./operations/list-signing-certificates.ts";
import { listSSHPublicKeys } from "./operations/list-ssh-public-keys.ts";
import { listUserPolicies } from "./operations/list-user-policies.ts";
import { listUserTags } from "./operations/list-user-tags.ts";
import { listUsers } from "./operations/list-users.ts";
import { listVirtualMFADevices } from "./operations/list-virtual-mfa-devices.ts";
import { putGroupPolicy } from "./operations/put-group-policy.ts";
import { putRolePermissionsBoundary } from "./operations/put-role-permissions-boundary.ts";
import { putRolePolicy } from "./operations/put-role-policy.ts";
import { putUserPermissionsBoundary } from "./operations/put-user-permissions-boundary.ts";
import { putUserPolicy } from "./operations/put-user-policy.ts";
import { removeClientIDFromOpenIDConnectProvider } from "./operations/remove-client-id-from-open-id-connect-provider.ts";
import { removeRoleFromInstanceProfile } from "./operations/remove-role-from-instance-profile.ts";
import { removeUserFromGroup } from "./operations/remove-user-from-group.ts";
import { setDefaultPolicyVersion } from "./operations/set-default-policy-version.ts";
import { simulateCustomPolicy } from "./operations/simulate-custom-policy.ts";
import { simulatePrincipalPolicy } from "./operations/simulate-principal-policy.ts";
import { tagInstanceProfile } from "./operations/tag-instance-profile.ts";
import { tagOpenIDConnectProvider } from "./operations/tag-open-id-connect-provider.ts";
import { tagPolicy } from "./operations/tag-policy.ts";
import { tagRole } from "./operations/tag-role.ts";
import { tagUser } from "./operations/tag-user.ts";
import { untagInstanceProfile } from "./operations/untag-instance-profile.ts";
import { untagOpenIDConnectProvider } from "./operations/untag-open-id-connect-provider.ts";
import { untagPolicy } from "./operations/untag-policy.ts";
import { untagRole } from "./operations/untag-role.ts";
import { untagUser } from "./operations/untag-user.ts";
import { updateAccessKey } from "./operations/update-access-key.ts";
import { updateAccountPasswordPolicy } from "./operations/update-account-password-policy.ts";
import { updateAssumeRolePolicy } from "./operations/update-assume-role-policy.ts";
import { updateGroup } from "./operations/update-group.ts";
import { updateLoginProfile } from "./operations/update-login-profile.ts";
import { updateOpenIDConnectProviderThumbprint } from "./operations/update-open-id-connect-provider-thumbprint.ts";
import { updateRole } from "./operations/update-role.ts";
import { updateRoleDescription } from "./operations/update-role-description.ts";
import { updateUser } from "./operations/update-user.ts";
import {
  conditioned,
  deletedRoleResource,
  groupResource,
  keyOwnerResource,
  linkedRoleResource,
  newPolicyResource,
  newProviderResource,
  noResource,
  passingToProfile,
  policyResource,
  profileResource,
  providerResource,
  roleResource,
  sourceResource,
  userResource,
} from "./resources.ts";
import type { IamState } from "./state.ts";

/** What Millrace has of IAM. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<IamState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  AddClientIDToOpenIDConnectProvider: {
    run: addClientIDToOpenIDConnectProvider,
    resources: providerResource,
  },
  AddRoleToInstanceProfile: {
    run: addRoleToInstanceProfile,
    resources: profileResource,
    permissions: passingToProfile,
  },
  AddUserToGroup: { run: addUserToGroup, resources: groupResource },
  AttachGroupPolicy: {
    run: attachGroupPolicy,
    resources: groupResource,
    permissions: conditioned(groupResource),
  },
  AttachRolePolicy: {
    run: attachRolePolicy,
    resources: roleResource,
    permissions: conditioned(roleResource),
  },
  AttachUserPolicy: {
    run: attachUserPolicy,
    resources: userResource,
    permissions: conditioned(userResource),
  },
  // coverage: a password policy that lets users change their passwords gives no permission by itself
  ChangePassword: { run: changePassword, resources: userResource },
  // coverage: no keys for the root: Millrace makes those itself
  CreateAccessKey: { run: createAccessKey, resources: userResource },
  CreateAccountAlias: { run: createAccountAlias, resources: noResource },
  CreateGroup: { run: createGroup, resources: groupResource },
  CreateInstanceProfile: { run: createInstanceProfile, resources: profileResource },
  CreateLoginProfile: { run: createLoginProfile, resources: userResource },
  CreateOpenIDConnectProvider: { run: createOpenIDConnectProvider, resources: newProviderResource },
  CreatePolicy: { run: createPolicy, resources: newPolicyResource },
  CreatePolicyVersion: { run: createPolicyVersion, resources: policyResource },
  CreateRole: { run: createRole, resources: roleResource, permissions: conditioned(roleResource) },
  // coverage: no managed policy attached: no service acts by the role
  CreateServiceLinkedRole: {
    run: createServiceLinkedRole,
    resources: linkedRoleResource,
    permissions: conditioned(linkedRoleResource),
  },
  CreateUser: { run: createUser, resources: userResource, permissions: conditioned(userResource) },
  // coverage: none of the root
  DeleteAccessKey: { run: deleteAccessKey, resources: userResource },
  DeleteAccountAlias: { run: deleteAccountAlias, resources: noResource },
  DeleteAccountPasswordPolicy: { run: deleteAccountPasswordPolicy, resources: noResource },
  DeleteGroup: { run: deleteGroup, resources: groupResource },
  DeleteGroupPolicy: { run: deleteGroupPolicy, resources: groupResource },
  DeleteInstanceProfile: { run: deleteInstanceProfile, resources: profileResource },
  DeleteLoginProfile: { run: deleteLoginProfile, resources: userResource },
  DeleteOpenIDConnectProvider: { run: deleteOpenIDConnectProvider, resources: providerResource },
  DeletePolicy: { run: deletePolicy, resources: policyResource },
  DeletePolicyVersion: { run: deletePolicyVersion, resources: policyResource },
  DeleteRole: { run: deleteRole, resources: roleResource },
  DeleteRolePermissionsBoundary: {
    run: deleteRolePermissionsBoundary,
    resources: roleResource,
    permissions: conditioned(roleResource),
  },
  DeleteRolePolicy: {
    run: deleteRolePolicy,
    resources: roleResource,
    permissions: conditioned(roleResource),
  },
  DeleteServiceLinkedRole: { run: deleteServiceLinkedRole, resources: roleResource },
  DeleteUser: { run: deleteUser, resources: userResource },
  DeleteUserPermissionsBoundary: {
    run: deleteUserPermissionsBoundary,
    resources: userResource,
    permissions: conditioned(userResource),
  },
  DeleteUserPolicy: {
    run: deleteUserPolicy,
    resources: userResource,
    permissions: conditioned(userResource),
  },
  DetachGroupPolicy: {
    run: detachGroupPolicy,
    resources: groupResource,
    permissions: conditioned(groupResource),
  },
  DetachRolePolicy: {
    run: detachRolePolicy,
    resources: roleResource,
    permissions: conditioned(roleResource),
  },
  DetachUserPolicy: {
    run: detachUserPolicy,
    resources: userResource,
    permissions: conditioned(userResource),
  },
  // coverage: since the last start
  GetAccessKeyLastUsed: { run: getAccessKeyLastUsed, resources: keyOwnerResource },
  GetAccountAuthorizationDetails: { run: getAccountAuthorizationDetails, resources: noResource },
  GetAccountPasswordPolicy: { run: getAccountPasswordPolicy, resources: noResource },
  GetAccountSummary: { run: getAccountSummary, resources: noResource },
  GetContextKeysForCustomPolicy: { run: getContextKeysForCustomPolicy, resources: noResource },
  GetContextKeysForPrincipalPolicy: { run: getContextKeysForPrincipalPolicy, resources: sourceResource },
  GetGroup: { run: getGroup, resources: groupResource },
  GetGroupPolicy: { run: getGroupPolicy, resources: groupResource },
  GetInstanceProfile: { run: getInstanceProfile, resources: profileResource },
  GetLoginProfile: { run: getLoginProfile, resources: userResource },
  GetOpenIDConnectProvider: { run: getOpenIDConnectProvider, resources: providerResource },
  GetPolicy: { run: getPolicy, resources: policyResource },
  // coverage: of AWS's own policies only the default version
  GetPolicyVersion: { run: getPolicyVersion, resources: policyResource },
  // coverage: no RoleLastUsed
  GetRole: { run: getRole, resources: roleResource },
  GetRolePolicy: { run: getRolePolicy, resources: roleResource },
  GetServiceLinkedRoleDeletionStatus: {
    run: getServiceLinkedRoleDeletionStatus,
    resources: deletedRoleResource,
  },
  GetUser: { run: getUser, resources: userResource },
  GetUserPolicy: { run: getUserPolicy, resources: userResource },
  // coverage: none of the root
  ListAccessKeys: { run: listAccessKeys, resources: userResource },
  ListAccountAliases: { run: listAccountAliases, resources: noResource },
  ListAttachedGroupPolicies: { run: listAttachedGroupPolicies, resources: groupResource },
  ListAttachedRolePolicies: { run: listAttachedRolePolicies, resources: roleResource },
  ListAttachedUserPolicies: { run: listAttachedUserPolicies, resources: userResource },
  ListEntitiesForPolicy: { run: listEntitiesForPolicy, resources: policyResource },
  ListGroupPolicies: { run: listGroupPolicies, resources: groupResource },
  ListGroups: { run: listGroups, resources: noResource },
  ListGroupsForUser: { run: listGroupsForUser, resources: userResource },
  ListInstanceProfileTags: { run: listInstanceProfileTags, resources: profileResource },
  ListInstanceProfiles: { run: listInstanceProfiles, resources: noResource },
  ListInstanceProfilesForRole: { run: listInstanceProfilesForRole, resources: roleResource },
  // coverage: always empty: there are no MFA devices
  ListMFADevices: { run: listMFADevices, resources: userResource },
  ListOpenIDConnectProviderTags: { run: listOpenIDConnectProviderTags, resources: providerResource },
  ListOpenIDConnectProviders: { run: listOpenIDConnectProviders, resources: noResource },
  // coverage: of AWS's own policies those for the services here and around them
  ListPolicies: { run: listPolicies, resources: noResource },
  ListPolicyTags: { run: listPolicyTags, resources: policyResource },
  // coverage: of AWS's own policies only the default version
  ListPolicyVersions: { run: listPolicyVersions, resources: policyResource },
  ListRolePolicies: { run: listRolePolicies, resources: roleResource },
  ListRoleTags: { run: listRoleTags, resources: roleResource },
  ListRoles: { run: listRoles, resources: noResource },
  // coverage: always empty: there are none
  ListSAMLProviders: { run: listSAMLProviders, resources: noResource },
  // coverage: always empty: there are none
  ListSSHPublicKeys: { run: listSSHPublicKeys, resources: userResource },
  // coverage: always empty: there are none
  ListServerCertificates: { run: listServerCertificates, resources: noResource },
  // coverage: always empty: there are none
  ListServiceSpecificCredentials: { run: listServiceSpecificCredentials, resources: userResource },
  // coverage: always empty: there are none
  ListSigningCertificates: { run: listSigningCertificates, resources: userResource },
  ListUserPolicies: { run: listUserPolicies, resources: userResource },
  ListUserTags: { run: listUserTags, resources: userResource },
  ListUsers: { run: listUsers, resources: noResource },
  // coverage: always empty: there are no MFA devices
  ListVirtualMFADevices: { run: listVirtualMFADevices, resources: noResource },
  PutGroupPolicy: { run: putGroupPolicy, resources: groupResource },
  PutRolePermissionsBoundary: {
    run: putRolePermissionsBoundary,
    resources: roleResource,
    permissions: conditioned(roleResource),
  },
  PutRolePolicy: { run: putRolePolicy, resources: roleResource, permissions: conditioned(roleResource) },
  PutUserPermissionsBoundary: {
    run: putUserPermissionsBoundary,
    resources: userResource,
    permissions: conditioned(userResource),
  },
  PutUserPolicy: { run: putUserPolicy, resources: userResource, permissions: conditioned(userResource) },
  RemoveClientIDFromOpenIDConnectProvider: {
    run: removeClientIDFromOpenIDConnectProvider,
    resources: providerResource,
  },
  RemoveRoleFromInstanceProfile: { run: removeRoleFromInstanceProfile, resources: profileResource },
  RemoveUserFromGroup: { run: removeUserFromGroup, resources: groupResource },
  SetDefaultPolicyVersion: { run: setDefaultPolicyVersion, resources: policyResource },
  // coverage: no positions of statements, no service control policies, no resource handling options
  SimulateCustomPolicy: { run: simulateCustomPolicy, resources: noResource },
  // coverage: no positions of statements, no service control policies, no resource handling options
  SimulatePrincipalPolicy: { run: simulatePrincipalPolicy, resources: sourceResource },
  TagInstanceProfile: { run: tagInstanceProfile, resources: profileResource },
  TagOpenIDConnectProvider: { run: tagOpenIDConnectProvider, resources: providerResource },
  TagPolicy: { run: tagPolicy, resources: policyResource },
  TagRole: { run: tagRole, resources: roleResource },
  TagUser: { run: tagUser, resources: userResource },
  UntagInstanceProfile: { run: untagInstanceProfile, resources: profileResource },
  UntagOpenIDConnectProvider: { run: untagOpenIDConnectProvider, resources: providerResource },
  UntagPolicy: { run: untagPolicy, resources: policyResource },
  UntagRole: { run: untagRole, resources: roleResource },
  UntagUser: { run: untagUser, resources: userResource },
  // coverage: none of the root
  UpdateAccessKey: { run: updateAccessKey, resources: userResource },
  UpdateAccountPasswordPolicy: { run: updateAccountPasswordPolicy, resources: noResource },
  UpdateAssumeRolePolicy: { run: updateAssumeRolePolicy, resources: roleResource },
  UpdateGroup: { run: updateGroup, resources: groupResource },
  UpdateLoginProfile: { run: updateLoginProfile, resources: userResource },
  // coverage: kept and shown, not used
  UpdateOpenIDConnectProviderThumbprint: {
    run: updateOpenIDConnectProviderThumbprint,
    resources: providerResource,
  },
  UpdateRole: { run: updateRole, resources: roleResource },
  UpdateRoleDescription: { run: updateRoleDescription, resources: roleResource },
  UpdateUser: { run: updateUser, resources: userResource },
};
