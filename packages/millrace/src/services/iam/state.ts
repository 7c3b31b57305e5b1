import type { Clock } from "../../core/clock.ts";
import type { MasterKey } from "../../core/master-key.ts";
import { PolicyCache } from "../../core/policy/policy-cache.ts";
import type { Change, Store } from "../../core/store.ts";
import type { PageTokens } from "../../gateway/tokens.ts";
import { collectionNames, IamAccount } from "./account.ts";
import { Draft } from "./draft.ts";
import { KeyUses } from "./key-uses.ts";
import { ManagedPolicies } from "./managed-policies.ts";

export interface IamDependencies {
  readonly clock: Clock;
  readonly store: Store;
  readonly master: MasterKey;
  readonly tokens: PageTokens;
}

/** All that the operations of IAM work on. IAM knows no regions: what it holds belongs to an account. */
export class IamState {
  readonly clock: Clock;
  readonly master: MasterKey;
  readonly tokens: PageTokens;
  readonly managed: ManagedPolicies = new ManagedPolicies();
  /** Compiled policies, shared by all who decide on them. */
  readonly compiled: PolicyCache = new PolicyCache();
  readonly keyUses: KeyUses = new KeyUses();
  readonly #store: Store;
  readonly #accounts = new Map<string, IamAccount>();
  /** The change under way in each account: each starts from what the one before it has made durable. */
  readonly #changing = new Map<string, Promise<unknown>>();

  constructor(dependencies: IamDependencies) {
    this.clock = dependencies.clock;
    this.master = dependencies.master;
    this.tokens = dependencies.tokens;
    this.#store = dependencies.store;
  }

  load(): void {
    for (const name of collectionNames) {
      for (const [place, document] of this.#store.all(name)) {
        const slash = place.indexOf("/");
        const table: Map<string, unknown> = this.#enlist(place.slice(0, slash)).table(name);
        table.set(place.slice(slash + 1), document);
      }
    }
  }

  /** What the account has. It is not to be changed: see `change`. */
  account(id: string): IamAccount {
    return this.#accounts.get(id) ?? new IamAccount(id);
  }

  /** The account that has an alias: no two may have the same. */
  ownerOfAlias(alias: string): string | undefined {
    for (const { id, accounts } of this.#accounts.values()) if (accounts.get(id)?.alias === alias) return id;
    return undefined;
  }

  /**
   * Runs one change of an account, after those that were asked for before it. `edit` reads the account and
   * writes into the draft; its answer is given when the draft is durable. What throws changes nothing.
   */
  change<T>(id: string, edit: (account: IamAccount, draft: Draft) => T): Promise<T> {
    const before = this.#changing.get(id) ?? Promise.resolve();
    const done = before.then(() => this.#change(id, edit));
    // A change that failed is its caller's matter, not the next one's.
    const settled = done.then(ignoreOutcome, ignoreOutcome);
    this.#changing.set(id, settled);
    void settled.then(() => {
      if (this.#changing.get(id) === settled) this.#changing.delete(id);
    });
    return done;
  }

  async #change<T>(id: string, edit: (account: IamAccount, draft: Draft) => T): Promise<T> {
    const draft = new Draft();
    const answer = edit(this.account(id), draft);
    if (draft.isEmpty) return answer;
    await this.#store.commit(draft.changes(id));
    draft.apply(this.#enlist(id));
    return answer;
  }

  async reset(): Promise<void> {
    await Promise.all(this.#changing.values());
    const changes: Change[] = [];
    for (const account of this.#accounts.values())
      for (const collection of collectionNames)
        for (const key of account.table(collection).keys())
          changes.push({ collection, key: `${account.id}/${key}` });
    await this.#store.commit(changes);
    this.#accounts.clear();
    this.keyUses.clear();
  }

  /** Lets changes under way finish. */
  async close(): Promise<void> {
    await Promise.all(this.#changing.values());
  }

  #enlist(id: string): IamAccount {
    let account = this.#accounts.get(id);
    if (account === undefined) {
      account = new IamAccount(id);
      this.#accounts.set(id, account);
    }
    return account;
  }
}

const ignoreOutcome = (): void => {};
