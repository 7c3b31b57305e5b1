import { Presets, SingleBar } from "cli-progress";

const lineIntervalMs = 5_000;

/** What one phase did. */
export interface Speed {
  readonly records: number;
  readonly seconds: number;
  readonly recordsPerSecond: number;
  readonly megabytesPerSecond: number;
}

/** Shows on standard error how far a phase is and how fast: a bar on a terminal, else a line now and then. */
export class Progress {
  readonly #title: string;
  readonly #total: number;
  readonly #startedMs = performance.now();
  readonly #bar: SingleBar | undefined;
  #records = 0;
  #bytes = 0;
  #lineMs = 0;

  constructor(title: string, total: number) {
    this.#title = title;
    this.#total = total;
    if (!process.stderr.isTTY) return;
    const format = `${title} {bar} {percentage}% | {value}/{total} | {speed}`;
    this.#bar = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
    this.#bar.start(total, 0, { speed: "" });
  }

  add(records: number, bytes: number): void {
    this.#records += records;
    this.#bytes += bytes;
    if (this.#bar !== undefined) {
      this.#bar.update(this.#records, { speed: this.#speedText() });
      return;
    }
    const nowMs = performance.now();
    if (nowMs - this.#lineMs < lineIntervalMs) return;
    this.#lineMs = nowMs;
    process.stderr.write(`${this.#title} ${this.#records}/${this.#total}, ${this.#speedText()}\n`);
  }

  /** Ends the display and answers what was reached. */
  end(): Speed {
    this.#bar?.stop();
    const speed = this.#speed();
    process.stdout.write(
      `${this.#title}: ${speed.records} records in ${speed.seconds.toFixed(1)} s, ${this.#speedText()}\n`,
    );
    return speed;
  }

  #speed(): Speed {
    const seconds = (performance.now() - this.#startedMs) / 1_000;
    return {
      records: this.#records,
      seconds,
      recordsPerSecond: this.#records / seconds,
      megabytesPerSecond: this.#bytes / 1e6 / seconds,
    };
  }

  #speedText(): string {
    const { recordsPerSecond, megabytesPerSecond } = this.#speed();
    return `${Math.round(recordsPerSecond).toLocaleString("en")} records/s, ${megabytesPerSecond.toFixed(1)} MB/s`;
  }
}
