import type { TableDefinition } from "../../../sql/flink/relation.ts";

/** Which changes a sink takes. */
export type SinkMode =
  /** Inserts only. */
  | "append"
  /** By primary key: +I, +U and -D. */
  | "upsert"
  /** All, with -U before +U. */
  | "all";

export interface PlanSettings {
  readonly sinkMode: (table: TableDefinition) => SinkMode;
  /** `scan.watermark.idle-timeout` of the table, else `table.exec.source.idle-timeout`; 0: never idle. */
  readonly idleTimeoutMs: (table: TableDefinition) => number;
}
