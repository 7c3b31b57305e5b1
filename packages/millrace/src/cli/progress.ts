import cliProgress from "cli-progress";
import { systemClock } from "../core/clock.ts";

export interface ProgressOptions {
  /** What is being done: `Saving the snapshot`. */
  readonly label: string;
  /** In units; undefined where nobody knows. */
  readonly total?: number | undefined;
  /** What is counted: `bytes` are shown as KiB, MiB and so on, others as numbers with their name. */
  readonly unit: string;
}

export interface Progress {
  /** How far it is, and how far there is to go if that changed. */
  update(done: number, total?: number): void;
  /** Takes the bar away. May be called several times. */
  stop(): void;
}

/** Where a bar is drawn. */
export interface ProgressTerminal {
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly columns: number;
}

const redrawsPerSecond = 10;
const barCells = 24;

/** Use `io.progress(...)`, which loads this when the first bar is wanted. */
export function createProgress(terminal: ProgressTerminal, options: ProgressOptions): Progress {
  return terminal.stderr.isTTY === true && terminal.environment["TERM"] !== "dumb"
    ? new TerminalProgress(terminal, options)
    : { update() {}, stop() {} };
}

class TerminalProgress implements Progress {
  readonly #bar: cliProgress.SingleBar;
  #stopped = false;

  constructor(terminal: ProgressTerminal, options: ProgressOptions) {
    this.#bar = new cliProgress.SingleBar({
      stream: terminal.stderr,
      fps: redrawsPerSecond,
      clearOnComplete: true,
      hideCursor: true,
      linewrap: false,
      gracefulExit: false,
      format: (_, { value, total, startTime }) =>
        progressLine({
          ...options,
          done: value,
          total: total > 0 ? total : undefined,
          elapsedMs: systemClock.now() - (startTime ?? systemClock.now()),
          columns: terminal.stderr.columns ?? terminal.columns,
        }),
    });
    this.#bar.start(options.total ?? 0, 0);
  }

  update(done: number, total?: number): void {
    if (total !== undefined && total !== this.#bar.getTotal()) this.#bar.setTotal(total);
    this.#bar.update(done);
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#bar.stop();
  }
}

export interface ProgressState extends ProgressOptions {
  readonly done: number;
  readonly elapsedMs: number;
  readonly columns: number;
}

/** One line that fits: label, bar, how much, rate, time left; what does not fit is left out from the middle. */
export function progressLine({ label, done, total, unit, elapsedMs, columns }: ProgressState): string {
  const rate = elapsedMs > 0 ? (done * 1000) / elapsedMs : 0;
  const share = total === undefined ? undefined : Math.min(1, done / total);
  // Where nothing can be counted yet, how long it takes is all there is to see.
  if (total === undefined && done === 0) return fitting([label, duration(elapsedMs / 1000)], columns);
  const amount =
    total === undefined ? quantity(done, unit) : `${quantity(done, unit)} of ${quantity(total, unit)}`;
  const speed = rate > 0 ? `${quantity(rate, unit)}/s` : undefined;
  const left =
    total === undefined || rate === 0 ? undefined : `${duration(Math.max(0, total - done) / rate)} left`;
  const percent = share === undefined ? undefined : `${Math.floor(share * 100)} %`.padStart(5);
  const bar = share === undefined ? undefined : barOf(share);
  const candidates = [
    [bar, percent, amount, speed, left],
    [bar, percent, speed, left],
    [percent, speed, left],
    [percent, left],
    [percent ?? amount],
  ];
  const lines = candidates.map((parts) => [label, ...parts.filter((part) => part !== undefined)].join("  "));
  return lines.find((line) => line.length < columns) ?? fitting([label], columns);
}

function fitting(parts: readonly string[], columns: number): string {
  return parts.join("  ").slice(0, Math.max(0, columns - 1));
}

function barOf(share: number): string {
  const full = Math.round(share * barCells);
  return "█".repeat(full) + "░".repeat(barCells - full);
}

/** `3.4 MiB` for bytes, `12,345 records` for others. */
export function quantity(amount: number, unit: string): string {
  if (unit !== "bytes") return `${Math.round(amount).toLocaleString("en-US")} ${unit}`;
  const units = ["B", "KiB", "MiB", "GiB", "TiB"] as const;
  let value = amount;
  let index = 0;
  while (value >= 1024 && index < units.length - 1) {
    value /= 1024;
    index += 1;
  }
  return `${index === 0 ? Math.round(value) : value.toFixed(1)} ${units[index]}`;
}

/** `0:07`, `12:34`, `1:02:03`. */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const tail = `${hours > 0 ? `${minutes}`.padStart(2, "0") : minutes}:${`${rest}`.padStart(2, "0")}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}
