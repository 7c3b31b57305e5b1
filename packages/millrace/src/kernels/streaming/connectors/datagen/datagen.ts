import type { Clock, Timer } from "../../../../core/clock.ts";
import type { Connector, Position, Source, SourceBlock, SourceLimits, Split } from "../../connector-port.ts";
import { emptyBlock } from "../kinesis-source.ts";
import {
  type DatagenSettings,
  datagenSettings,
  datagenSplit,
  datagenStart,
  positionOf,
  positionText,
} from "./datagen-options.ts";

/** Between two looks at what the rate lets through. */
const paceMs = 10;

/** Rows of random values and of sequences, made in the workers. */
export function datagenConnector(clock: Clock): Connector {
  return {
    name: "datagen",
    metadata: {},
    isInternal: true,
    checkSource: (table) => void datagenSettings(table),
    openSource: async (table) => new DatagenSource(datagenSettings(table), clock),
  };
}

/** Says how many rows there are by now. */
class DatagenSource implements Source {
  readonly isBounded: boolean;
  readonly #settings: DatagenSettings;
  readonly #clock: Clock;
  /** Where each split was when it was read for the first time. */
  readonly #begun = new Map<string, { readonly rows: number; readonly atMs: number }>();
  #timer: Timer | undefined;
  #listener: (() => void) | undefined;

  constructor(settings: DatagenSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
    this.isBounded = Number.isFinite(settings.rows);
  }

  async splits(): Promise<readonly Split[]> {
    return Array.from({ length: this.#settings.splits }, (_, index) => ({
      id: datagenSplit(index),
      start: datagenStart,
      after: [],
    }));
  }

  async read(split: string, from: Position, { maxRecords }: SourceLimits): Promise<SourceBlock> {
    const { rows } = positionOf(from);
    const nowMs = this.#clock.now();
    const end = this.#rowsOf(split);
    const to = Math.min(rows + maxRecords, end, this.#released(split, rows, nowMs));
    if (to <= rows && rows < end) {
      this.#wakeLater();
      return emptyBlock(from);
    }
    if (rows >= end) return { ...emptyBlock(from), rowCount: 0, isEnd: true };
    return { ...emptyBlock(positionText({ rows: to, nowMs })), rowCount: to - rows, isEnd: to >= end };
  }

  async reread(_split: string, from: Position, to: Position): Promise<SourceBlock> {
    return { ...emptyBlock(to), rowCount: positionOf(to).rows - positionOf(from).rows };
  }

  /** Splits take turns at the rows. */
  #rowsOf(split: string): number {
    const { rows, splits } = this.#settings;
    return Math.ceil((rows - Number(split.slice(split.lastIndexOf("-") + 1))) / splits);
  }

  /** Rows of a split that the rate has let through by now. */
  #released(split: string, rows: number, nowMs: number): number {
    const { rowsPerSecond, splits } = this.#settings;
    let begun = this.#begun.get(split);
    if (begun === undefined) {
      begun = { rows, atMs: nowMs };
      this.#begun.set(split, begun);
    }
    return begun.rows + Math.floor(((nowMs - begun.atMs) * rowsPerSecond) / splits / 1000);
  }

  #wakeLater(): void {
    this.#timer ??= this.#clock.after(paceMs, () => {
      this.#timer = undefined;
      this.#listener?.();
    });
  }

  onChange(listener: () => void): Disposable {
    this.#listener = listener;
    return {
      [Symbol.dispose]: () => {
        this.#listener = undefined;
      },
    };
  }

  async close(): Promise<void> {
    this.#timer?.cancel();
    this.#listener = undefined;
  }
}
