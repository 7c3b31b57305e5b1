import type { AwsCaller } from "../aws-call/aws-caller.ts";
import type { CommandIo } from "../command-io.ts";

/** What seeding works with. */
export interface SeedParts {
  readonly io: CommandIo;
  readonly aws: AwsCaller;
  readonly signal: AbortSignal;
  /** Paths in a file are seen from the folder that it is in. */
  readonly folder: string;
  /** Says that something is there now: `stream clicks`, `created, 3 records`. */
  readonly say: (what: string, outcome: string) => void;
}

export const patienceMs = 60_000;

/** What a call says when the thing is there already. */
export function isThere(code: string): boolean {
  return /AlreadyExists|ResourceInUse|BucketAlreadyOwnedByYou|EntityAlreadyExists/.test(code);
}
