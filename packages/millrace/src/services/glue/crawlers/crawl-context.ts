import type { RoleAccess } from "../../../core/role-access.ts";
import type { Catalog } from "../../../kernels/catalog/index.ts";
import type { ObjectStore } from "../../../kernels/objects/index.ts";
import type { ClassifierSet } from "../classifiers/classify.ts";
import type { Connections } from "../connections/connections.ts";
import type { CrawlerConfiguration } from "./configuration.ts";
import type { CrawlLog } from "./crawl-log.ts";
import type { CrawlReport } from "./crawl-report.ts";
import type { CrawlerDocument } from "./crawler-document.ts";

/** What one crawl works with. */
export interface CrawlContext {
  readonly crawler: CrawlerDocument;
  readonly crawlerArn: string;
  readonly configuration: CrawlerConfiguration;
  readonly classifiers: ClassifierSet;
  readonly catalog: Catalog;
  readonly objects: ObjectStore;
  readonly connections: Connections;
  readonly roles: RoleAccess;
  readonly log: CrawlLog;
  readonly report: CrawlReport;
  readonly nowMs: () => number;
  /** Aborted when the crawl is to stop. */
  readonly signal: AbortSignal;
}

/** Why a crawl failed, in a sentence for its owner. */
export class CrawlError extends Error {
  override readonly name = "CrawlError";
}

/** A crawl was told to stop. */
export class CrawlStopped extends Error {
  override readonly name = "CrawlStopped";
}

/** @throws CrawlStopped when the crawl was told to stop */
export function throwIfStopped(signal: AbortSignal): void {
  if (signal.aborted) throw new CrawlStopped("the crawl was stopped");
}

/** The service that assumes a crawler's role. */
export const glueService = "glue.amazonaws.com";
