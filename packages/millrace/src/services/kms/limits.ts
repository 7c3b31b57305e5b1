export const dayMs = 86_400_000;

/** AWS's quotas and limits on what a request may ask for. */
export const limits = {
  /** Plaintext that a symmetric key encrypts, messages to sign and to authenticate. */
  plaintextBytes: 4096,
  aliasesPerKey: 50,
  grantsPerKey: 50_000,
  tagsPerKey: 50,
  onDemandRotations: 25,
  defaultDeletionDays: 30,
  defaultRotationDays: 365,
  importTokenLifeMs: 86_400_000,
  /** The latest expiry of imported material. */
  materialLifeMs: 31_536_000_000,
  policyBytes: 32_768,
  encryptionContextBytes: 8192,
  /** How long a sweep for due deletions, rotations and expiries waits at the most. */
  sweepMs: 3_600_000,
  /** How long a sweep pauses at the least, so that one that fails is not tried again at once. */
  sweepPauseMs: 1_000,
} as const;
