import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { MasterKey } from "../../core/master-key.ts";
import type { RoleAccess } from "../../core/role-access.ts";
import type { SqlFile } from "../../core/sql-file.ts";
import type { Store } from "../../core/store.ts";
import type { LogSink } from "../../core/telemetry.ts";
import type { PageTokens } from "../../gateway/tokens.ts";
import type { Catalog } from "../../kernels/catalog/index.ts";
import type { ObjectStore } from "../../kernels/objects/index.ts";
import { Catalogs } from "./catalogs/catalogs.ts";
import { Classifiers } from "./classifiers/classifiers.ts";
import { Connections } from "./connections/connections.ts";
import type { PasswordKeys } from "./connections/password-keys.ts";
import { Crawlers } from "./crawlers/crawlers.ts";
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
  /** The history of crawlers, with `crawlSchema`. */
  readonly crawlFile: SqlFile;
  /** What crawlers read; opened when the first of them runs. */
  readonly objects: () => Promise<ObjectStore>;
  /** Where crawlers write what they do. */
  readonly logs: LogSink;
  /** What crawlers may do in the name of their roles. */
  readonly roles: RoleAccess;
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
  readonly crawlers: Crawlers;
  readonly policies: CatalogPolicies;
  readonly roles: RoleAccess;
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
    const { classifiers, connections } = this;
    this.crawlers = new Crawlers({ ...dependencies, classifiers, connections });
    this.roles = dependencies.roles;
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
    await this.crawlers.load();
  }

  /** Forgets all resources. */
  async reset(): Promise<void> {
    await this.crawlers.reset();
    await this.catalog.reset();
    await this.catalogs.table.reset();
    await this.classifiers.table.reset();
    await this.connections.reset();
    await this.policies.table.reset();
    await this.tags.reset();
  }

  /** Stops timers and lets changes that have begun finish. */
  async close(): Promise<void> {
    await this.crawlers.close();
    await this.catalogs.table.close();
    await this.classifiers.table.close();
    await this.connections.close();
    await this.policies.table.close();
    await this.tags.close();
  }
}
