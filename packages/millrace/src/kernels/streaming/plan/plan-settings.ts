import type { TableDefinition } from "../../../sql/flink/relation.ts";

/** Which changes a sink takes. */
export type SinkMode =
  /** Inserts only. */
  | "append"
  /** By primary key: +I, +U and -D. A -U, which comes where a filter lets no +U follow, takes its row away. */
  | "upsert"
  /** All, with -U before +U. */
  | "all";

export interface PlanSettings {
  readonly sinkMode: (table: TableDefinition) => SinkMode;
  /** `table.exec.mini-batch.enabled` is `false`: aggregates answer to each row, not once a key and round. */
  readonly emitsEachRow?: boolean;
  /** `scan.watermark.idle-timeout` of the table, else `table.exec.source.idle-timeout`; 0: never idle. */
  readonly idleTimeoutMs: (table: TableDefinition) => number;
}
