import type { Clock, Timer } from "../../../../core/clock.ts";
import type { Connector, Position, Source, SourceBlock, SourceLimits, Split } from "../../connector-port.ts";
import { emptyBlock } from "../kinesis-source.ts";
import { checkNexmark, type NexmarkOptions, settingsOf, splitId } from "./nexmark-options.ts";

/** Between two looks at what a rate lets through. */
const paceMs = 5;

/** Events of the Nexmark benchmark, made in the workers: `CREATE TABLE nexmark (...) WITH ('connector' = 'nexmark')`. */
export function nexmarkConnector(clock: Clock): Connector {
  return {
    name: "nexmark",
    metadata: {},
    isInternal: true,
    checkSource: checkNexmark,
    openSource: async (table) => new NexmarkSource(settingsOf(table), clock),
  };
}

/** Says how many rows there are; positions are numbers of rows in their split. */
class NexmarkSource implements Source {
  readonly isBounded: boolean;
  readonly #options: NexmarkOptions;
  readonly #clock: Clock;
  readonly #startedMs: number;
  #timer: Timer | undefined;
  #listener: (() => void) | undefined;

  constructor(options: NexmarkOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
    this.#startedMs = clock.now();
    this.isBounded = Number.isFinite(options.events);
  }

  async splits(): Promise<readonly Split[]> {
    return Array.from({ length: this.#options.splits }, (_, index) => ({
      id: splitId(index),
      start: 0,
      after: [],
    }));
  }

  async read(_split: string, from: Position, { maxRecords }: SourceLimits): Promise<SourceBlock> {
    const { events } = this.#options;
    const start = Number(from);
    const next = Math.min(start + maxRecords, events, this.#released());
    if (next <= start && start < events) {
      this.#wakeLater();
      return emptyBlock(start);
    }
    const to = Math.max(next, start);
    return { ...emptyBlock(to), rowCount: to - start, isEnd: to >= events };
  }

  async reread(_split: string, from: Position, to: Position): Promise<SourceBlock> {
    return { ...emptyBlock(to), rowCount: Number(to) - Number(from) };
  }

  /** Rows that the rate has let through by now. */
  #released(): number {
    const { rowsPerSecond } = this.#options;
    if (rowsPerSecond === 0) return Number.POSITIVE_INFINITY;
    return Math.floor(((this.#clock.now() - this.#startedMs) * rowsPerSecond) / 1000);
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
