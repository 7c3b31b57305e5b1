/** AWS's limits for temporary credentials, from the SDK's documentation and the user guide. */
export const limits = {
  defaultRoleSeconds: 3_600,
  /** A role that a role's session assumes. */
  chainedRoleSeconds: 3_600,
  defaultSessionSeconds: 43_200,
  rootSessionSeconds: 3_600,
  policyArns: 10,
  tags: 50,
  /** Session policies and tags, compressed. AWS does not say what its own limit is. */
  packedBytes: 4_096,
} as const;
