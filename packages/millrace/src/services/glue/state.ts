import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { MasterKey } from "../../core/master-key.ts";
import type { Store } from "../../core/store.ts";
import type { PageTokens } from "../../gateway/tokens.ts";
import type { Catalog } from "../../kernels/catalog/index.ts";

export interface GlueDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly master: MasterKey;
  readonly tokens: PageTokens;
  /** Glue's own documents. */
  readonly store: Store;
  /** Databases, tables and partitions, which others read as well; whoever opened it closes it. */
  readonly catalog: Catalog;
}

/** All that the operations of Glue work on; it is kept by account and region. */
export class GlueState {
  readonly clock: Clock;
  readonly log: Logger;
  readonly master: MasterKey;
  readonly tokens: PageTokens;
  readonly store: Store;
  readonly catalog: Catalog;

  constructor(dependencies: GlueDependencies) {
    const { clock, log, master, tokens, store, catalog } = dependencies;
    this.clock = clock;
    this.log = log;
    this.master = master;
    this.tokens = tokens;
    this.store = store;
    this.catalog = catalog;
  }

  /** Reads what is kept in documents; the catalog reads its file when it is asked. */
  async load(): Promise<void> {}

  /** Forgets all resources. */
  async reset(): Promise<void> {
    await this.catalog.reset();
  }

  /** Stops timers and lets changes that have begun finish. */
  async close(): Promise<void> {}
}
