import type { Batch } from "../batch.ts";
import type { OperatorContext, RoundContext } from "../operator.ts";
import type { WindowSource } from "../plan/physical-plan.ts";
import { WindowZone } from "./window-zone.ts";

type ColumnsSource = Extract<WindowSource, { readonly kind: "columns" }>;

/** When windows whose bounds are columns close. */
export class WindowBounds {
  readonly #source: ColumnsSource;
  readonly #zone: WindowZone;

  /** @throws Error for a zone that is none: the binder has checked it */
  constructor(source: WindowSource, { timeZone, name }: OperatorContext) {
    if (source.kind !== "columns") throw new Error(`${name}: its windows are no columns`);
    this.#source = source;
    this.#zone = new WindowZone(source.isLocalTime ? timeZone : undefined);
  }

  get isEventTime(): boolean {
    return this.#source.isEventTime;
  }

  /** The end of a row's window, as its column has it. */
  endOf({ columns }: Pick<Batch, "columns">, row: number): number {
    return columns[this.#source.endColumn]?.values[row] as number;
  }

  /**
   * The time at or above which a window with this end is complete: by watermarks its last millisecond, by the clock
   * the one behind, since a later round of the same millisecond may bring more rows.
   */
  closesAt(end: number): number {
    return this.#zone.closesAt(end) + (this.#source.isEventTime ? 0 : 1);
  }

  /** The clock that closes windows. */
  progress(watermark: number, { nowMs }: RoundContext): number {
    return this.#source.isEventTime ? watermark : nowMs;
  }

  /** For windows of processing time: when the first of these ends wants a round. */
  wakeAtMs(ends: Iterable<number>): number | undefined {
    if (this.#source.isEventTime) return undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const end of ends) least = Math.min(least, this.closesAt(end));
    return least === Number.POSITIVE_INFINITY ? undefined : least;
  }
}
