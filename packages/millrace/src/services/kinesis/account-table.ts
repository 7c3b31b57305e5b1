import type { Clock } from "../../core/clock.ts";
import type { Store } from "../../core/store.ts";
import { effectiveCommitment } from "./billing-commitment.ts";
import type { AccountSettings } from "./document.ts";

const collection = "account-settings";

/** The settings of each account in each region. */
export class AccountTable {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #settings = new Map<string, AccountSettings>();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  load(): void {
    for (const [key, settings] of this.#store.all<AccountSettings>(collection))
      this.#settings.set(key, settings);
  }

  get(account: string, region: string): AccountSettings {
    const settings = this.#settings.get(`${account}/${region}`) ?? { status: "DISABLED" };
    return effectiveCommitment(settings, this.#clock.now());
  }

  async set(account: string, region: string, settings: AccountSettings): Promise<void> {
    const key = `${account}/${region}`;
    await this.#store.commit([{ collection, key, put: settings }]);
    this.#settings.set(key, settings);
  }

  async reset(): Promise<void> {
    await this.#store.commit([...this.#settings.keys()].map((key) => ({ collection, key })));
    this.#settings.clear();
  }
}
