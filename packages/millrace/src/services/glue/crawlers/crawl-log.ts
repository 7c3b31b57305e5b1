import type { Clock } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import type { Logger } from "../../../core/logger.ts";
import type { LogSink } from "../../../core/telemetry.ts";
import { type CrawlerDocument, logGroup, logStream } from "./crawler-document.ts";

export type CrawlLogLevel = "BENCHMARK" | "INFO" | "WARN" | "ERROR";

/** Lines that a crawl writes at most, so that one with a hundred thousand tables does not fill the log. */
const maxLines = 10_000;
const maxLineChars = 8192;

interface CrawlLogOptions {
  readonly clock: Clock;
  readonly sink: LogSink;
  readonly log: Logger;
}

/**
 * The lines of one crawl, in the group `/aws-glue/crawlers`, as Glue writes them:
 *
 *   line => "[" crawl id "] " level " : " message
 */
export class CrawlLog {
  readonly #crawler: CrawlerDocument;
  readonly #crawlId: string;
  readonly #options: CrawlLogOptions;
  #lines = 0;
  #lost = 0;
  #written: Promise<void> = Promise.resolve();

  constructor(crawler: CrawlerDocument, crawlId: string, options: CrawlLogOptions) {
    this.#crawler = crawler;
    this.#crawlId = crawlId;
    this.#options = options;
  }

  /** Writes a line by and by; `flushed` tells when. */
  write(level: CrawlLogLevel, message: string): void {
    this.#lines += 1;
    if (this.#lines > maxLines && level !== "BENCHMARK" && level !== "ERROR") {
      this.#lost += 1;
      return;
    }
    const { clock } = this.#options;
    this.#send(clock.now(), `[${this.#crawlId}] ${level} : ${message}`.slice(0, maxLineChars));
  }

  /** Resolves when all lines are durable, or could not be written. */
  async flushed(): Promise<void> {
    if (this.#lost > 0) {
      const message = `[${this.#crawlId}] WARN : ${this.#lost} more lines were left out`;
      this.#lost = 0;
      this.#send(this.#options.clock.now(), message);
    }
    await this.#written;
  }

  #send(timeMs: number, line: string): void {
    const { account, region, name } = this.#crawler;
    const { sink, log } = this.#options;
    // The sink takes lines in this order, and writes those of the same moment together. A crawl does not fail
    // because its log cannot be written.
    const written = sink
      .write(account, region, logGroup, logStream(name), timeMs, line)
      .catch((error: unknown) => {
        log.warn({ err: error, crawler: name }, `a crawler's log line was not written: ${messageOf(error)}`);
      });
    const before = this.#written;
    this.#written = written.then(() => before);
  }
}
