import { randomUUID } from "node:crypto";
import type { Clock } from "../../../core/clock.ts";
import { messageOf, ServiceError } from "../../../core/errors.ts";
import type { Logger } from "../../../core/logger.ts";
import type { RoleAccess } from "../../../core/role-access.ts";
import type { LogSink } from "../../../core/telemetry.ts";
import { type Catalog, CatalogError } from "../../../kernels/catalog/index.ts";
import { type ObjectStore, ObjectStoreError } from "../../../kernels/objects/index.ts";
import { crawlerArn } from "../arn.ts";
import type { Classifiers } from "../classifiers/classifiers.ts";
import { ClassifierSet } from "../classifiers/classify.ts";
import type { Connections } from "../connections/connections.ts";
import { crawlerNotRunning, crawlerRunning, crawlerStopping } from "../errors.ts";
import { parseConfiguration } from "./configuration.ts";
import { crawl } from "./crawl.ts";
import { type CrawlContext, CrawlError, CrawlStopped, glueService } from "./crawl-context.ts";
import { CrawlLog } from "./crawl-log.ts";
import { CrawlReport } from "./crawl-report.ts";
import type { CrawlEnd, CrawlTable } from "./crawl-table.ts";
import type { CrawlerDocument } from "./crawler-document.ts";

export interface CrawlRunsDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
  readonly classifiers: Classifiers;
  readonly connections: Connections;
  readonly crawls: CrawlTable;
  /** Opened when the first crawl needs it. */
  readonly objects: () => Promise<ObjectStore>;
  readonly logs: LogSink;
  readonly roles: RoleAccess;
}

/** A crawl that runs. */
interface Run {
  readonly id: string;
  readonly startedMs: number;
  readonly abort: AbortController;
}

interface RunningCrawl extends Run {
  /** Resolves when it has ended and that is durable. */
  readonly done: Promise<void>;
}

/** Runs crawls in the background: of each crawler one at a time. */
export class CrawlRuns {
  readonly #dependencies: CrawlRunsDependencies;
  /** By the id of the crawler. */
  readonly #runs = new Map<string, RunningCrawl>();
  #closed = false;

  constructor(dependencies: CrawlRunsDependencies) {
    this.#dependencies = dependencies;
  }

  isRunning(crawler: CrawlerDocument): boolean {
    return this.#runs.has(crawler.id);
  }

  state(crawler: CrawlerDocument): "READY" | "RUNNING" | "STOPPING" {
    const run = this.#runs.get(crawler.id);
    if (run === undefined) return "READY";
    return run.abort.signal.aborted ? "STOPPING" : "RUNNING";
  }

  /** How long the crawl that runs has run; 0 when none does. */
  elapsedMs(crawler: CrawlerDocument): number {
    const run = this.#runs.get(crawler.id);
    return run === undefined ? 0 : this.#dependencies.clock.now() - run.startedMs;
  }

  /**
   * Resolves when it is durable that the crawl has begun; it goes on in the background.
   * @throws ServiceError CrawlerRunningException
   */
  async start(crawler: CrawlerDocument): Promise<void> {
    const { clock, crawls } = this.#dependencies;
    if (this.#closed) throw new Error("Glue is closed");
    if (this.#runs.has(crawler.id))
      throw crawlerRunning(`Crawler with name ${crawler.name} has already started`);
    const [id, startedMs] = [randomUUID(), clock.now()];
    const begun = crawls.begin(crawler.id, id, startedMs);
    const abort = new AbortController();
    const run = { id, startedMs, abort };
    // Whoever waits for the end of crawls waits for this one from now on.
    const done = begun.then(
      () => this.#run(crawler, run),
      () => void this.#runs.delete(crawler.id),
    );
    this.#runs.set(crawler.id, { ...run, done });
    await begun;
  }

  /** @throws ServiceError CrawlerNotRunningException, CrawlerStoppingException */
  stop(crawler: CrawlerDocument): void {
    const run = this.#runs.get(crawler.id);
    if (run === undefined) throw crawlerNotRunning(`Crawler with name ${crawler.name} isn't running`);
    if (run.abort.signal.aborted)
      throw crawlerStopping(`Crawler with name ${crawler.name} is already stopping`);
    run.abort.abort();
  }

  /** Resolves when no crawl runs. */
  async idle(): Promise<void> {
    while (this.#runs.size > 0) await Promise.all([...this.#runs.values()].map(({ done }) => done));
  }

  /** Stops all crawls and waits for them. */
  async stopAll(): Promise<void> {
    for (const { abort } of this.#runs.values()) abort.abort();
    await this.idle();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.stopAll();
  }

  async #run(crawler: CrawlerDocument, run: Run): Promise<void> {
    const { clock, crawls, log, logs } = this.#dependencies;
    const crawlLog = new CrawlLog(crawler, run.id, { clock, sink: logs, log });
    const report = new CrawlReport();
    let end: Pick<CrawlEnd, "state" | "error">;
    try {
      await crawl(await this.#context(crawler, run, crawlLog, report));
      end = { state: "COMPLETED", error: undefined };
    } catch (error) {
      end = this.#failure(crawler, error);
      if (end.state === "FAILED") crawlLog.write("ERROR", end.error ?? "");
      else crawlLog.write("INFO", "The crawl was stopped");
    }
    crawlLog.write("BENCHMARK", "Crawler has finished running and is in state READY");
    await crawlLog.flushed();
    const { tables } = report;
    try {
      await crawls.end(crawler.id, run.id, {
        ...end,
        endedMs: clock.now(),
        summary: report.summary(),
        tables,
      });
    } catch (error) {
      // The next start ends it: a crawl that is durably running then has been interrupted.
      log.error(
        { err: error, crawler: crawler.name },
        `the end of a crawl was not kept: ${messageOf(error)}`,
      );
    }
    this.#runs.delete(crawler.id);
  }

  async #context(
    crawler: CrawlerDocument,
    { abort }: Run,
    log: CrawlLog,
    report: CrawlReport,
  ): Promise<CrawlContext> {
    const { clock, catalog, classifiers, connections, objects, roles } = this.#dependencies;
    const arn = crawlerArn(crawler, crawler.name);
    const refusal = roles.assuming({ roleArn: crawler.role, service: glueService, sourceArn: arn });
    if (refusal !== undefined)
      throw new CrawlError(`Service is unable to assume provided role. ${refusal.message}`);
    const custom = crawler.classifiers.flatMap((name) => {
      const found = classifiers.find(crawler, name);
      if (found === undefined) log.write("WARN", `The classifier ${name} does not exist any more`);
      return found === undefined ? [] : [found];
    });
    return {
      crawler,
      crawlerArn: arn,
      configuration: parseConfiguration(crawler.configuration),
      classifiers: new ClassifierSet(custom),
      catalog,
      objects: await objects(),
      connections,
      roles,
      log,
      report,
      nowMs: () => clock.now(),
      signal: abort.signal,
    };
  }

  #failure(crawler: CrawlerDocument, error: unknown): Pick<CrawlEnd, "state" | "error"> {
    if (error instanceof CrawlStopped) return { state: "STOPPED", error: undefined };
    const isExpected =
      error instanceof CrawlError ||
      error instanceof ServiceError ||
      error instanceof CatalogError ||
      error instanceof ObjectStoreError;
    if (isExpected) return { state: "FAILED", error: error.message };
    const { log } = this.#dependencies;
    log.error({ err: error, crawler: crawler.name }, `a crawl failed: ${messageOf(error)}`);
    return { state: "FAILED", error: "Internal Service Exception" };
  }
}
