import { invalidGrantToken } from "./errors.ts";
import type { KmsState } from "./state.ts";

/**
 * Grants are in force as soon as CreateGrant answers, so that tokens open nothing more; but one that nobody
 * was given is refused, as on AWS.
 */
export function checkGrantTokens(state: KmsState, tokens: readonly string[] | undefined): void {
  for (const token of tokens ?? [])
    if (state.grantTokens.open(token) === undefined) throw invalidGrantToken();
}
