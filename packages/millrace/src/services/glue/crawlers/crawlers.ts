import { randomUUID } from "node:crypto";
import type { Clock } from "../../../core/clock.ts";
import type { SqlFile } from "../../../core/sql-file.ts";
import type { Store } from "../../../core/store.ts";
import { DocumentTable, type Owner } from "../document-table.ts";
import { alreadyExists, crawlerRunning, entityNotFound, resourceNumberLimit } from "../errors.ts";
import { CrawlRuns, type CrawlRunsDependencies } from "./crawl-runs.ts";
import { CrawlSchedule } from "./crawl-schedule.ts";
import { CrawlTable } from "./crawl-table.ts";
import type { CrawlerDocument, CrawlerProgress } from "./crawler-document.ts";
import type { CrawlerSettings } from "./crawler-request.ts";

export interface CrawlersDependencies extends Omit<CrawlRunsDependencies, "crawls"> {
  readonly store: Store;
  /** With `crawlSchema`. */
  readonly crawlFile: SqlFile;
}

/** AWS's quota on crawlers of an account in a region. */
const maxCrawlers = 1000;

/** All crawlers, their history, and what runs of them. */
export class Crawlers {
  readonly crawls: CrawlTable;
  readonly runs: CrawlRuns;
  readonly #table: DocumentTable<CrawlerDocument>;
  readonly #schedule: CrawlSchedule;
  readonly #clock: Clock;

  constructor(dependencies: CrawlersDependencies) {
    const { store, crawlFile, clock, log } = dependencies;
    this.#clock = clock;
    this.crawls = new CrawlTable(crawlFile);
    this.runs = new CrawlRuns({ ...dependencies, crawls: this.crawls });
    this.#table = new DocumentTable(store, "crawlers", ({ name }) => name);
    this.#schedule = new CrawlSchedule(clock, log, this.runs);
  }

  /** Reads what is kept, ends crawls that were interrupted, and goes by the schedules again. */
  async load(): Promise<void> {
    this.#table.load();
    await this.crawls.recover(this.#clock.now());
    for (const crawler of this.#table.all()) this.#schedule.set(crawler);
  }

  find(owner: Owner, name: string): CrawlerDocument | undefined {
    return this.#table.get(owner, name);
  }

  /** @throws ServiceError EntityNotFoundException */
  get(owner: Owner, name: string): CrawlerDocument {
    const found = this.find(owner, name);
    if (found === undefined) throw entityNotFound(`Crawler entry with name ${name} does not exist`);
    return found;
  }

  /** In the order of their names. */
  list(owner: Owner): readonly CrawlerDocument[] {
    return this.#table.list(owner);
  }

  progress(crawler: CrawlerDocument): CrawlerProgress {
    return {
      state: this.runs.state(crawler),
      elapsedMs: this.runs.elapsedMs(crawler),
      last: this.crawls.ended(crawler.id, 1)[0],
    };
  }

  /** @throws ServiceError when there is one of the name, or there are too many */
  create(owner: Owner, name: string, settings: CrawlerSettings): Promise<void> {
    return this.#table.change(async () => {
      if (this.find(owner, name) !== undefined)
        throw alreadyExists(`Crawler with name ${name} already exists`);
      if (this.#table.count(owner) >= maxCrawlers)
        throw resourceNumberLimit(`An account has at most ${maxCrawlers} crawlers in a region.`);
      const nowMs = this.#clock.now();
      const { account, region } = owner;
      const made = { ...settings, account, region, id: randomUUID(), name };
      await this.#put({ ...made, createdMs: nowMs, updatedMs: nowMs, version: 1 });
    });
  }

  /** @throws ServiceError when there is none of the name, or it runs, or what `change` throws */
  update(
    owner: Owner,
    name: string,
    change: (before: CrawlerDocument) => Partial<CrawlerSettings>,
    options: { readonly mayRun?: boolean } = {},
  ): Promise<void> {
    return this.#table.change(async () => {
      const before = this.get(owner, name);
      if (options.mayRun !== true) this.#requireReady(before);
      const settings = change(before);
      const updatedMs = this.#clock.now();
      await this.#put({ ...before, ...settings, updatedMs, version: before.version + 1 });
    });
  }

  /** Deletes a crawler with its history. @throws ServiceError when there is none of the name, or it runs */
  delete(owner: Owner, name: string): Promise<void> {
    return this.#table.change(async () => {
      const crawler = this.get(owner, name);
      this.#requireReady(crawler);
      await this.#table.remove([crawler]);
      this.#schedule.remove(crawler);
      await this.crawls.forget(crawler.id);
    });
  }

  async reset(): Promise<void> {
    this.#schedule.clear();
    await this.runs.stopAll();
    await this.#table.reset();
    await this.crawls.reset();
  }

  /** Stops crawls and timers. */
  async close(): Promise<void> {
    this.#schedule.close();
    await this.runs.close();
    await this.#table.close();
  }

  async #put(crawler: CrawlerDocument): Promise<void> {
    await this.#table.put(crawler);
    this.#schedule.set(crawler);
  }

  #requireReady(crawler: CrawlerDocument): void {
    if (this.runs.isRunning(crawler)) throw crawlerRunning(`Crawler with name ${crawler.name} is running`);
  }
}
