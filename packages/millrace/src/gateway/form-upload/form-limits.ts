/** AWS's limit for what comes before the file, and ours for what it does not say. */
export const formLimits = {
  /** Names and values of all fields before the file. */
  fieldBytes: 20_480,
  fields: 250,
  policyConditions: 1_000,
} as const;
