import type { Crawler, CrawlerTargets } from "@aws-sdk/client-glue";
import { parseArn, partitionOf } from "../../../core/arn.ts";
import type { Input } from "../../../gateway/service.ts";
import type { Owner } from "../document-table.ts";
import type { CrawlRow } from "./crawl-table.ts";

/** What a crawler is to crawl, as its maker said it. */
export type Targets = Input<CrawlerTargets>;

/** A crawler as it is kept. */
export interface CrawlerDocument extends Owner {
  /** Never used again, so that a crawler of the same name has another history. */
  readonly id: string;
  readonly name: string;
  /** The ARN. */
  readonly role: string;
  readonly targets: Targets;
  readonly databaseName?: string | undefined;
  readonly description?: string | undefined;
  readonly classifiers: readonly string[];
  readonly recrawl: "CRAWL_EVERYTHING" | "CRAWL_NEW_FOLDERS_ONLY";
  readonly updateBehavior: "LOG" | "UPDATE_IN_DATABASE";
  readonly deleteBehavior: "LOG" | "DELETE_FROM_DATABASE" | "DEPRECATE_IN_DATABASE";
  readonly tablePrefix?: string | undefined;
  readonly schedule?: CrawlerSchedule | undefined;
  readonly configuration?: string | undefined;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly version: number;
}

export interface CrawlerSchedule {
  /** With its `cron(...)`. */
  readonly expression: string;
  readonly isActive: boolean;
}

/** Where all crawlers of a region write their lines. */
export const logGroup = "/aws-glue/crawlers";

/** The stream of a crawler's lines; CloudWatch Logs does not take colons and asterisks in names. */
export function logStream(crawlerName: string): string {
  return crawlerName.replace(/[:*]/g, "_");
}

/** The ARN of a role that was given by its ARN or by its name, with its path or without. */
export function roleArn(role: string, owner: Owner): string {
  if (role.startsWith("arn:")) return role;
  return `arn:${partitionOf(owner.region)}:iam::${owner.account}:role/${role.replace(/^\//, "")}`;
}

const lastCrawlStatus = { COMPLETED: "SUCCEEDED", FAILED: "FAILED", STOPPED: "CANCELLED" } as const;

/** What is known of a crawler beside its document. */
export interface CrawlerProgress {
  readonly state: "READY" | "RUNNING" | "STOPPING";
  /** Of the crawl that runs. */
  readonly elapsedMs: number;
  /** The last crawl that has ended. */
  readonly last: CrawlRow | undefined;
}

/** A crawler as Glue answers it. */
export function crawlerOutput(document: CrawlerDocument, progress: CrawlerProgress): Crawler {
  const { targets, schedule } = document;
  return {
    Name: document.name,
    Role: parseArn(document.role)?.resource.replace(/^role\//, "") ?? document.role,
    Targets: {
      S3Targets: targets.S3Targets ?? [],
      JdbcTargets: targets.JdbcTargets ?? [],
      MongoDBTargets: [],
      DynamoDBTargets: [],
      CatalogTargets: targets.CatalogTargets ?? [],
      DeltaTargets: [],
      IcebergTargets: [],
      HudiTargets: [],
    } as CrawlerTargets,
    DatabaseName: document.databaseName,
    Description: document.description,
    Classifiers: [...document.classifiers],
    RecrawlPolicy: { RecrawlBehavior: document.recrawl },
    SchemaChangePolicy: {
      UpdateBehavior: document.updateBehavior,
      DeleteBehavior: document.deleteBehavior,
    },
    LineageConfiguration: { CrawlerLineageSettings: "DISABLE" },
    LakeFormationConfiguration: { UseLakeFormationCredentials: false, AccountId: "" },
    State: progress.state,
    TablePrefix: document.tablePrefix,
    Schedule: schedule && {
      ScheduleExpression: schedule.expression,
      State: schedule.isActive ? "SCHEDULED" : "NOT_SCHEDULED",
    },
    CrawlElapsedTime: progress.elapsedMs,
    CreationTime: new Date(document.createdMs),
    LastUpdated: new Date(document.updatedMs),
    LastCrawl: progress.last && lastCrawl(document, progress.last),
    Version: document.version,
    Configuration: document.configuration,
  };
}

function lastCrawl(document: CrawlerDocument, crawl: CrawlRow): NonNullable<Crawler["LastCrawl"]> {
  return {
    Status: crawl.state === "RUNNING" ? undefined : lastCrawlStatus[crawl.state],
    ErrorMessage: crawl.error,
    LogGroup: logGroup,
    LogStream: logStream(document.name),
    MessagePrefix: crawl.id,
    StartTime: new Date(crawl.startedMs),
  };
}
