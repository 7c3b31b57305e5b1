import { IssuedCredentials } from "../gateway/credentials/issued-credentials.ts";
import { SessionTokens } from "../gateway/credentials/session-tokens.ts";
import { Principals } from "../services/iam/principals.ts";
import { IamState } from "../services/iam/state.ts";
import { trustPolicies } from "../services/iam/trust-policies.ts";
import type { ServiceContext } from "./service-context.ts";

/** What {@link openIdentities} is made from. */
export type IdentityContext = Pick<ServiceContext, "clock" | "directory" | "master" | "tokens" | "platform">;

/** Users, roles and their policies: IAM changes them, STS and the gateway read them. */
export interface Identities {
  readonly state: IamState;
  readonly principals: Principals;
  readonly sessions: SessionTokens;
  /** Finds the keys of users and the sessions of roles. */
  readonly issued: IssuedCredentials;
  /** The policies that say who may assume a role. */
  trustPolicies(arn: string): readonly string[];
}

export function openIdentities(context: IdentityContext): Promise<Identities> {
  const { clock, directory, master, tokens } = context;
  return context.platform.part("identities", async ({ onClose, onReset }) => {
    const store = directory.store("iam");
    onClose(() => store.close());
    const state = new IamState({ clock, store, master, tokens });
    state.load();
    onReset(() => state.reset());
    const principals = new Principals(state);
    const sessions = new SessionTokens({ master, clock });
    const issued = new IssuedCredentials(principals, sessions);
    return { state, principals, sessions, issued, trustPolicies: (arn) => trustPolicies(state, arn) };
  });
}
