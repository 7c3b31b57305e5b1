import type { Field } from "../../../sql/flink/types.ts";
import type { Column } from "../batch.ts";
import type { WindowAggregateOperator } from "../plan/physical-plan.ts";
import type { WindowZone } from "./window-zone.ts";

/** Rows of a batch that goes out when windows close. */
export const maxRowsPerWindowBatch = 8192;

/** The columns of a window behind its aggregates: local times, or instants where their types are TIMESTAMP_LTZ. */
export class WindowOutput {
  readonly #properties: WindowAggregateOperator["properties"];
  readonly #isInstant: readonly boolean[];
  readonly #zone: WindowZone;

  /** @param fields of the operator's output */
  constructor(spec: WindowAggregateOperator, fields: readonly Field[], zone: WindowZone) {
    const first = spec.keys.length + spec.calls.length;
    this.#properties = spec.properties;
    this.#isInstant = spec.properties.map((_, at) => fields[first + at]?.type.kind === "timestamp_ltz");
    this.#zone = zone;
  }

  /** @param starts,ends of the window of each row, local */
  columns(starts: Float64Array, ends: Float64Array): Column[] {
    return this.#properties.map((property, at) => {
      const isInstant = this.#isInstant[at] === true && !this.#zone.isFlat;
      if (property === "window_start") return this.#column(starts, isInstant);
      if (property === "window_end") return this.#column(ends, isInstant);
      return this.#column(
        ends.map((end) => end - 1),
        isInstant,
      );
    });
  }

  #column(local: Float64Array, isInstant: boolean): Column {
    const values = isInstant ? local.map((time) => this.#zone.toInstant(time)) : local;
    return { values, nulls: undefined };
  }
}
