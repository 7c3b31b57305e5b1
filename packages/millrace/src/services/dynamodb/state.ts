import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { Store } from "../../core/store.ts";
import { Expiry } from "./items/expiry.ts";
import type { ItemDatabase } from "./items/item-database.ts";
import { TransactionTokens } from "./items/transaction-tokens.ts";
import { TableCatalog } from "./tables/table-catalog.ts";

export interface DynamodbDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  /** Documents of tables. */
  readonly store: Store;
  readonly database: ItemDatabase;
  /** How long CREATING, UPDATING and DELETING last. */
  readonly transitionMs: number;
}

/** All that the operations of DynamoDB work on. */
export class DynamodbState {
  readonly clock: Clock;
  readonly database: ItemDatabase;
  readonly tables: TableCatalog;
  readonly tokens: TransactionTokens;
  readonly #expiry: Expiry;

  constructor(dependencies: DynamodbDependencies) {
    this.clock = dependencies.clock;
    this.database = dependencies.database;
    this.tables = new TableCatalog(dependencies);
    this.tokens = new TransactionTokens(dependencies.database, dependencies.clock);
    this.#expiry = new Expiry(dependencies.clock, this.tables);
  }

  /** Reads what is kept and finishes what was under way. */
  async load(): Promise<void> {
    await this.tables.load();
    this.#expiry.schedule();
  }

  async reset(): Promise<void> {
    await this.tables.reset();
    await this.tokens.reset();
  }

  async close(): Promise<void> {
    await this.tables.close();
  }
}
