import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { MasterKey } from "../../core/master-key.ts";
import { SerialTasks } from "../../core/serial-tasks.ts";
import type { Store } from "../../core/store.ts";
import type { PageTokens } from "../../gateway/tokens.ts";
import { AliasTable } from "./alias-table.ts";
import { Ciphertexts } from "./ciphertext.ts";
import { GrantTable } from "./grant-table.ts";
import { GrantTokens } from "./grant-token.ts";
import { ImportTokens } from "./import-token.ts";
import { KeyTable } from "./key-table.ts";
import { KeySweep } from "./sweep.ts";

export interface KmsDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly store: Store;
  /** Seals the keys' secrets at rest. */
  readonly master: MasterKey;
  readonly tokens: PageTokens;
}

/** All that the operations of KMS work on. */
export class KmsState {
  readonly clock: Clock;
  readonly master: MasterKey;
  readonly tokens: PageTokens;
  readonly keys: KeyTable;
  readonly aliases: AliasTable;
  readonly grants: GrantTable;
  readonly ciphertexts: Ciphertexts;
  readonly grantTokens: GrantTokens;
  readonly importTokens: ImportTokens;
  readonly sweep: KeySweep;
  readonly #changes = new SerialTasks();

  constructor(dependencies: KmsDependencies) {
    const { clock, store, master, tokens, log } = dependencies;
    this.clock = clock;
    this.master = master;
    this.tokens = tokens;
    this.keys = new KeyTable(store, clock);
    this.aliases = new AliasTable(store);
    this.grants = new GrantTable(store);
    this.ciphertexts = new Ciphertexts(master.derive("kms ciphertext headers"));
    this.grantTokens = new GrantTokens(master.derive("kms grant tokens"));
    this.importTokens = new ImportTokens(master, clock);
    this.sweep = new KeySweep(this, log);
  }

  /** Reads what is kept, and does what fell due in the meantime. */
  async load(): Promise<void> {
    this.keys.load();
    this.aliases.load();
    this.grants.load();
    await this.sweep.run();
  }

  /**
   * Changes run one after the other, each on the outcome of the last, so that none is computed from what
   * another is about to replace. One that throws changes nothing.
   */
  change<T>(task: () => Promise<T>): Promise<T> {
    return this.#changes.run(task);
  }

  async reset(): Promise<void> {
    await this.change(async () => {
      await this.grants.reset();
      await this.aliases.reset();
      await this.keys.reset();
    });
  }

  /** Stops the timer and lets changes that have begun finish. */
  async close(): Promise<void> {
    this.sweep.close();
    await this.#changes.settled();
  }
}
