import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { MasterKey } from "../../core/master-key.ts";
import type { Store } from "../../core/store.ts";
import type { PageTokens } from "../../gateway/tokens.ts";
import type { Catalog } from "../../kernels/catalog/index.ts";
import { Catalogs } from "./catalogs/catalogs.ts";
import { Classifiers } from "./classifiers/classifiers.ts";
import { Connections } from "./connections/connections.ts";
import type { PasswordKeys } from "./connections/password-keys.ts";
import { CatalogPolicies } from "./policies/policies.ts";
import { TagTable } from "./tags/tag-table.ts";

export interface GlueDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly master: MasterKey;
  readonly tokens: PageTokens;
  /** Glue's own documents. */
  readonly store: Store;
  /** Databases, tables and partitions, which others read as well; whoever opened it closes it. */
  readonly catalog: Catalog;
  /** KMS, for the passwords of connections. */
  readonly keys: PasswordKeys;
}

/** All that the operations of Glue work on; it is kept by account and region. */
export class GlueState {
  readonly clock: Clock;
  readonly log: Logger;
  readonly master: MasterKey;
  readonly tokens: PageTokens;
  readonly store: Store;
  readonly catalog: Catalog;
  readonly catalogs: Catalogs;
  readonly classifiers: Classifiers;
  readonly connections: Connections;
  readonly policies: CatalogPolicies;
  readonly tags: TagTable;

  constructor(dependencies: GlueDependencies) {
    const { clock, log, master, tokens, store, catalog } = dependencies;
    this.clock = clock;
    this.log = log;
    this.master = master;
    this.tokens = tokens;
    this.store = store;
    this.catalog = catalog;
    this.catalogs = new Catalogs(store);
    this.classifiers = new Classifiers(store);
    this.connections = new Connections({ store, master, keys: dependencies.keys });
    this.policies = new CatalogPolicies(store);
    this.tags = new TagTable(store);
  }

  /** Reads what is kept in documents; the catalog reads its file when it is asked. */
  async load(): Promise<void> {
    this.catalogs.table.load();
    this.classifiers.table.load();
    this.connections.load();
    this.policies.table.load();
    this.tags.load();
  }

  /** Forgets all resources. */
  async reset(): Promise<void> {
    await this.catalog.reset();
    await this.catalogs.table.reset();
    await this.classifiers.table.reset();
    await this.connections.reset();
    await this.policies.table.reset();
    await this.tags.reset();
  }

  /** Stops timers and lets changes that have begun finish. */
  async close(): Promise<void> {
    await this.catalogs.table.close();
    await this.classifiers.table.close();
    await this.connections.close();
    await this.policies.table.close();
    await this.tags.close();
  }
}
