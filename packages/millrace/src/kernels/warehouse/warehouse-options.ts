import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { Authorizer } from "./authorizer-port.ts";
import type { WarehouseObjects } from "./objects-port.ts";
import type { DataCatalog } from "./spectrum/data-catalog-port.ts";

export interface WarehouseOptions {
  /** Everything lies below: documents, databases, temporary files. It has one owner. */
  readonly dir: string;
  /** `memory`: the folder is temporary, and what is committed need not survive the process. */
  readonly durability: "full" | "memory";
  readonly clock: Clock;
  readonly log: Logger;
  /** Files that COPY and external tables read in place lie below these. */
  readonly readableDirectories?: readonly string[];
  /** Of each cluster's engine. */
  readonly threads?: number | undefined;
  readonly memoryLimitBytes?: number | undefined;
  /** Everything is allowed without one. */
  readonly authorizer?: Authorizer;
  /** S3 for COPY, UNLOAD and external tables; without it they answer that there is none. */
  readonly objects?: WarehouseObjects;
  /** What stands behind external schemas; nothing without one. */
  readonly dataCatalog?: DataCatalog;
}
