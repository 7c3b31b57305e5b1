import type { TableDefinition } from "../../../../sql/flink/relation.ts";
import { TableOptions } from "../table-options.ts";
import type { NexmarkSettings } from "./nexmark-events.ts";

const used: readonly string[] = ["events", "event-rate", "rows-per-second", "base-time", "seed", "splits"];

export interface NexmarkOptions extends NexmarkSettings {
  readonly splits: number;
  /** Of each split; Infinity: for ever. */
  readonly events: number;
  /** Of real time, of each split; 0: as fast as can be. */
  readonly rowsPerSecond: number;
}

export function checkNexmark(table: TableDefinition): void {
  new TableOptions(table).check("source", { used, ignored: [] });
  settingsOf(table);
}

export function settingsOf(table: TableDefinition): NexmarkOptions {
  const options = new TableOptions(table);
  const splits = options.wholeNumber("splits", 1, 1);
  const events =
    options.get("events") === undefined ? Number.POSITIVE_INFINITY : options.wholeNumber("events", 0);
  return {
    splits,
    events: Number.isFinite(events) ? Math.ceil(events / splits) : events,
    rate: options.wholeNumber("event-rate", 100_000, 1),
    rowsPerSecond: options.wholeNumber("rows-per-second", 0) / splits,
    baseTimeMs: options.wholeNumber("base-time", Date.UTC(2026, 0, 1)),
    seed: options.wholeNumber("seed", 42),
  };
}

/** The number in a split's id. */
export const splitOf = (id: string): number => Number(id.slice("nexmark-".length));

export const splitId = (index: number): string => `nexmark-${index}`;
