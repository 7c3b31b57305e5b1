import type { Clock, Timer } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import type { Logger } from "../../../core/logger.ts";
import type { CrawlRuns } from "./crawl-runs.ts";
import type { CrawlerDocument } from "./crawler-document.ts";
import { nextRunMs } from "./schedule-expression.ts";

interface Due {
  readonly crawler: CrawlerDocument;
  readonly atMs: number;
}

/**
 * Starts crawlers when their schedules say so. A crawler that runs when it falls due is left out that time, and
 * what fell due while Millrace did not run is not made up for.
 */
export class CrawlSchedule {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #runs: CrawlRuns;
  /** By the id of the crawler. */
  readonly #due = new Map<string, Due>();
  #timer: Timer | undefined;
  #closed = false;

  constructor(clock: Clock, log: Logger, runs: CrawlRuns) {
    this.#clock = clock;
    this.#log = log;
    this.#runs = runs;
  }

  /** Takes a crawler's schedule as it is now. */
  set(crawler: CrawlerDocument): void {
    const { schedule, id } = crawler;
    const atMs = schedule?.isActive === true ? nextRunMs(schedule.expression, this.#clock.now()) : undefined;
    if (atMs === undefined) this.#due.delete(id);
    else this.#due.set(id, { crawler, atMs });
    this.#wait();
  }

  remove(crawler: CrawlerDocument): void {
    this.#due.delete(crawler.id);
    this.#wait();
  }

  clear(): void {
    this.#due.clear();
    this.#wait();
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  /** Sets the timer for whoever is due next. */
  #wait(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    if (this.#closed || this.#due.size === 0) return;
    let nextMs = Infinity;
    for (const { atMs } of this.#due.values()) nextMs = Math.min(nextMs, atMs);
    // Timers take no more than a few weeks and then fire early, which finds nobody due.
    this.#timer = this.#clock.after(nextMs - this.#clock.now(), () => this.#fire());
  }

  #fire(): void {
    const nowMs = this.#clock.now();
    for (const { crawler, atMs } of [...this.#due.values()]) {
      if (atMs > nowMs) continue;
      this.set(crawler);
      if (!this.#runs.isRunning(crawler)) void this.#start(crawler);
    }
    this.#wait();
  }

  async #start(crawler: CrawlerDocument): Promise<void> {
    try {
      await this.#runs.start(crawler);
    } catch (error) {
      this.#log.error(
        { err: error, crawler: crawler.name },
        `a scheduled crawl did not start: ${messageOf(error)}`,
      );
    }
  }
}
