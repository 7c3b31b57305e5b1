import type { CrawlerMetrics } from "@aws-sdk/client-glue";
import type { CrawlRow } from "./crawl-table.ts";
import type { CrawlerDocument } from "./crawler-document.ts";
import type { Crawlers } from "./crawlers.ts";

/** Crawls that the median is taken of. */
const medianOf = 100;

/** How long a crawler's crawls take, and what the last one changed. */
export function crawlerMetrics(crawlers: Crawlers, crawler: CrawlerDocument): CrawlerMetrics {
  const ended = crawlers.crawls.ended(crawler.id, medianOf);
  const [last] = ended;
  const median = medianSeconds(ended.filter(({ state }) => state === "COMPLETED"));
  const isRunning = crawlers.runs.isRunning(crawler);
  const elapsed = crawlers.runs.elapsedMs(crawler) / 1000;
  return {
    CrawlerName: crawler.name,
    TimeLeftSeconds: isRunning && median !== undefined ? Math.max(median - elapsed, 0) : 0,
    StillEstimating: isRunning && median === undefined,
    LastRuntimeSeconds: last === undefined ? 0 : secondsOf(last),
    MedianRuntimeSeconds: median ?? 0,
    TablesCreated: last?.tables.added ?? 0,
    TablesUpdated: last?.tables.updated ?? 0,
    TablesDeleted: last?.tables.deleted ?? 0,
  };
}

function medianSeconds(crawls: readonly CrawlRow[]): number | undefined {
  const seconds = crawls.map(secondsOf).sort((a, b) => a - b);
  const [low, high] = [
    seconds[Math.floor((seconds.length - 1) / 2)],
    seconds[Math.floor(seconds.length / 2)],
  ];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

function secondsOf({ startedMs, endedMs = startedMs }: CrawlRow): number {
  return (endedMs - startedMs) / 1000;
}
