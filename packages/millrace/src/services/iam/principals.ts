import { accountOfAccessKeyId } from "../../core/access-key-id.ts";
import type { PrincipalPolicies } from "../../core/policy/authorize.ts";
import type { PolicyDocument } from "../../core/policy/policy-document.ts";
import type { PrincipalProfile, PrincipalProfiles } from "../../gateway/authorize.ts";
import type { Principal } from "../../gateway/call.ts";
import type { CredentialOwners } from "../../gateway/credentials/issued-credentials.ts";
import type { Credential } from "../../gateway/sigv4/verifier.ts";
import { openSecret, userOfKey } from "./access-keys.ts";
import { type IamAccount, keyOf } from "./account.ts";
import { iamArn } from "./arn.ts";
import type { AccessKeyDocument, PolicyHolder, RoleDocument, UserDocument } from "./document.ts";
import { defaultText, knownPolicy } from "./policies.ts";
import { principalContext } from "./principal-context.ts";
import type { IamState } from "./state.ts";
import { roleByArn } from "./trust-policies.ts";

interface Cached<T> {
  readonly revision: number;
  readonly value: T;
}

const noPolicies: PrincipalPolicies = { identity: [], boundaries: [], session: undefined };

/**
 * What the gateway asks of IAM for each call: whose a key is, and which policies go with a principal.
 * Answers are computed once for each change of the account.
 */
export class Principals implements PrincipalProfiles, CredentialOwners {
  readonly #state: IamState;
  readonly #credentials = new WeakMap<AccessKeyDocument, Cached<Credential | undefined>>();
  readonly #profiles = new WeakMap<Principal, Cached<PrincipalProfile>>();

  constructor(state: IamState) {
    this.#state = state;
  }

  userCredential(accessKeyId: string): Credential | undefined {
    const accountId = accountOfAccessKeyId(accessKeyId);
    if (accountId === undefined) return undefined;
    const account = this.#state.account(accountId);
    const key = account.keys.get(accessKeyId);
    if (key === undefined || key.status !== "Active") return undefined;
    const known = this.#credentials.get(key);
    if (known?.revision === account.revision) return known.value;
    const value = this.#credentialOf(account, key);
    this.#credentials.set(key, { revision: account.revision, value });
    return value;
  }

  #credentialOf(account: IamAccount, key: AccessKeyDocument): Credential | undefined {
    const user = userOfKey(account, key);
    if (user === undefined) return undefined;
    const secretKey = openSecret(this.#state.master, account.id, key);
    const principal = userPrincipal(account, user, key.id);
    const { arn, kind } = principal;
    return { accessKeyId: key.id, secretKey, account: account.id, arn, kind, principal };
  }

  isCurrent(principal: Principal): boolean {
    return principal.kind === "root" || this.#entityOf(principal) !== undefined;
  }

  profile(principal: Principal): PrincipalProfile {
    const { kind } = principal;
    if (kind === "anonymous")
      return { policies: noPolicies, context: principalContext(principal, undefined) };
    const { revision } = this.#state.account(principal.account);
    const known = this.#profiles.get(principal);
    if (known?.revision === revision) return known.value;
    const value = this.#profile(principal);
    this.#profiles.set(principal, { revision, value });
    return value;
  }

  #profile(principal: Principal): PrincipalProfile {
    const account = this.#state.account(principal.account);
    const entity = this.#entityOf(principal);
    const session = this.#sessionPolicies(account, principal);
    const policies =
      entity === undefined ? { ...noPolicies, session } : this.#policies(account, entity, session);
    return { policies, context: principalContext(principal, entity) };
  }

  /** The user or role behind a principal, unless another one has its name by now. */
  #entityOf(principal: Principal): UserDocument | RoleDocument | undefined {
    const { kind, roleArn, userId, account, arn } = principal;
    if (kind === "user") return userOf(this.#state.account(account), arn, userId);
    const role = kind === "role" && roleArn !== undefined ? roleByArn(this.#state, roleArn) : undefined;
    return userId === undefined || userId.startsWith(`${role?.id}:`) ? role : undefined;
  }

  #policies(
    account: IamAccount,
    entity: UserDocument | RoleDocument,
    session: readonly PolicyDocument[] | undefined,
  ): PrincipalPolicies {
    const groups =
      "groups" in entity ? [...account.groups.values()].filter(({ id }) => entity.groups.includes(id)) : [];
    const identity = [entity, ...groups].flatMap((holder) => this.#ofHolder(account, holder));
    const boundaries = entity.boundary === undefined ? [] : [this.#boundary(account, entity.boundary)];
    return { identity, boundaries, session };
  }

  #ofHolder(account: IamAccount, holder: PolicyHolder): PolicyDocument[] {
    const managed = holder.attached.flatMap((arn) => this.#managed(account, arn));
    return [...Object.values(holder.inline), ...managed].map((text) => this.#state.compiled.get(text));
  }

  #managed(account: IamAccount, arn: string): string[] {
    const policy = knownPolicy(this.#state, account, arn);
    return policy === undefined ? [] : [defaultText(policy.document)];
  }

  /** A boundary that is not there any more lets nothing through. */
  #boundary(account: IamAccount, arn: string): PolicyDocument {
    const [text = nothing] = this.#managed(account, arn);
    return this.#state.compiled.get(text);
  }

  #sessionPolicies(account: IamAccount, { session }: Principal): readonly PolicyDocument[] | undefined {
    if (session?.policies === undefined && session?.policyArns === undefined) return undefined;
    const managed = (session.policyArns ?? []).flatMap((arn) => this.#managed(account, arn));
    return [...(session.policies ?? []), ...managed].map((text) => this.#state.compiled.get(text));
  }
}

const nothing = '{"Version":"2012-10-17","Statement":[]}';

function userPrincipal(account: IamAccount, user: UserDocument, accessKeyId: string): Principal {
  const arn = iamArn(account.id, "user", user);
  return { arn, account: account.id, accessKeyId, kind: "user", userId: user.id };
}

/** By the id, which survives a new name; a principal without one was written down by its ARN. */
function userOf(account: IamAccount, arn: string, id: string | undefined): UserDocument | undefined {
  if (id === undefined) return account.users.get(keyOf(arn.slice(arn.lastIndexOf("/") + 1)));
  for (const user of account.users.values()) if (user.id === id) return user;
  return undefined;
}
