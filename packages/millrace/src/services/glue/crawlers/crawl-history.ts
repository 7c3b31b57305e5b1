import type { CrawlerHistory } from "@aws-sdk/client-glue";
import type { CrawlRow } from "./crawl-table.ts";
import { type CrawlerDocument, logGroup, logStream } from "./crawler-document.ts";

/** Data processing units that Glue gives a crawl. */
const unitsOfCrawl = 2;
const hourMs = 3600_000;

/** A crawl as ListCrawls tells of it. */
export function crawlHistory(crawler: CrawlerDocument, crawl: CrawlRow): CrawlerHistory {
  const { endedMs, startedMs } = crawl;
  return {
    CrawlId: crawl.id,
    State: crawl.state,
    StartTime: new Date(startedMs),
    EndTime: endedMs === undefined ? undefined : new Date(endedMs),
    Summary: crawl.summary,
    ErrorMessage: crawl.error,
    LogGroup: logGroup,
    LogStream: logStream(crawler.name),
    MessagePrefix: crawl.id,
    // What AWS would count for the time it took.
    DPUHour:
      endedMs === undefined ? 0 : Math.round(((endedMs - startedMs) / hourMs) * unitsOfCrawl * 1000) / 1000,
  };
}
