import type { Clock } from "../../core/clock.ts";
import { PolicyCache } from "../../core/policy/policy-cache.ts";
import type { IdentityDirectory, SessionIssuer, StsDependencies } from "./dependencies.ts";
import { KeySets } from "./key-sets.ts";

/** All that the operations of STS work on. It keeps nothing: credentials carry what they are good for. */
export class StsState {
  readonly clock: Clock;
  readonly identities: IdentityDirectory;
  readonly sessions: SessionIssuer;
  readonly keySets: KeySets;
  readonly compiled: PolicyCache = new PolicyCache();

  constructor(dependencies: StsDependencies) {
    this.clock = dependencies.clock;
    this.identities = dependencies.identities;
    this.sessions = dependencies.sessions;
    this.keySets = new KeySets(dependencies);
  }
}
