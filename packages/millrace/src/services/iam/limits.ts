/** AWS's default quotas for IAM, from the user guide's page on IAM and STS quotas. */
export const limits = {
  accessKeysPerUser: 2,
  groupsPerUser: 10,
  attachedPoliciesPerEntity: 10,
  rolesPerProfile: 1,
  versionsPerPolicy: 5,
  tagsPerResource: 50,
  usersPerAccount: 5_000,
  groupsPerAccount: 300,
  rolesPerAccount: 1_000,
  policiesPerAccount: 1_500,
  profilesPerAccount: 1_000,
  providersPerAccount: 100,
  clientIdsPerProvider: 100,
  thumbprintsPerProvider: 5,
  /** Characters of all inline policies together; white space does not count. */
  inlineUserCharacters: 2_048,
  inlineGroupCharacters: 5_120,
  inlineRoleCharacters: 10_240,
  managedPolicyCharacters: 6_144,
  /** AWS's default; up to 4,096 on request. */
  trustPolicyCharacters: 2_048,
  defaultSessionSeconds: 3_600,
  pageItems: 100,
  /** Of accounts without a password policy, from the user guide's page on passwords. */
  defaultPasswordCharacters: 8,
  defaultPasswordKinds: 3,
  /** Of a password policy that does not say. */
  policyPasswordCharacters: 6,
  /** As many as a policy may forbid to use again. */
  earlierPasswords: 24,
} as const;
