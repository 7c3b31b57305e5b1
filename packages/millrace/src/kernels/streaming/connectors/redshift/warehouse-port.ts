import type { ConnectorContext } from "../../connector-port.ts";

/** Clusters of this Millrace, as the engine loads them. Implemented outside the kernel. */
export interface WarehousePort {
  /** In the name of the application's role, as a user of the database. @throws WarehouseAccessError */
  open(target: WarehouseTarget, context: ConnectorContext): Promise<WarehouseSession>;
}

export interface WarehouseTarget {
  readonly cluster: string;
  readonly database: string;
  readonly user: string;
}

/** The cluster is not there or takes no sessions now, or the application's role may not use it. */
export class WarehouseAccessError extends Error {
  override readonly name = "WarehouseAccessError";
}

/** Runs a statement. @returns how many rows it has changed; -1 where that makes no sense */
export type Execute = (sql: string) => Promise<number>;

export interface WarehouseSession {
  /** Commits when the body answers true, else nothing of it is kept. @throws WarehouseAccessError, SqlError */
  transaction(body: (execute: Execute) => Promise<boolean>): Promise<void>;
}
