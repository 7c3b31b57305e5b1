import type { Crawler, CrawlerTargets, CreateCrawlerRequest } from "@aws-sdk/client-glue";

/** A crawler as a form has it. */
export interface CrawlerFields {
  readonly name: string;
  readonly role: string;
  readonly database: string;
  /** `s3://...` on each line, or `connection: path` for a database. */
  readonly targets: string;
  /** `cron(15 12 * * ? *)`, or empty. */
  readonly schedule: string;
  readonly prefix: string;
  readonly updates: boolean;
  readonly onDelete: "LOG" | "DELETE_FROM_DATABASE" | "DEPRECATE_IN_DATABASE";
  readonly onlyNewFolders: boolean;
}

export function fieldsOf(crawler: Crawler | undefined): CrawlerFields {
  const { SchemaChangePolicy: policy, RecrawlPolicy: recrawl } = crawler ?? {};
  return {
    name: crawler?.Name ?? "",
    role: crawler?.Role ?? "",
    database: crawler?.DatabaseName ?? "",
    targets: targetLines(crawler?.Targets).join("\n"),
    schedule: crawler?.Schedule?.ScheduleExpression ?? "",
    prefix: crawler?.TablePrefix ?? "",
    updates: policy?.UpdateBehavior !== "LOG",
    onDelete: policy?.DeleteBehavior ?? "DEPRECATE_IN_DATABASE",
    onlyNewFolders: recrawl?.RecrawlBehavior === "CRAWL_NEW_FOLDERS_ONLY",
  };
}

/** What `CreateCrawler` and `UpdateCrawler` take. @throws Error that says which target is not one */
export function crawlerInputOf(fields: CrawlerFields): CreateCrawlerRequest {
  return {
    Name: fields.name,
    Role: fields.role,
    DatabaseName: fields.database,
    Targets: targetsOf(fields.targets),
    ...(fields.schedule !== "" && { Schedule: fields.schedule }),
    ...(fields.prefix !== "" && { TablePrefix: fields.prefix }),
    // Glue takes nothing but LOG for both where it looks at new folders only.
    SchemaChangePolicy: fields.onlyNewFolders
      ? { UpdateBehavior: "LOG", DeleteBehavior: "LOG" }
      : { UpdateBehavior: fields.updates ? "UPDATE_IN_DATABASE" : "LOG", DeleteBehavior: fields.onDelete },
    RecrawlPolicy: {
      RecrawlBehavior: fields.onlyNewFolders ? "CRAWL_NEW_FOLDERS_ONLY" : "CRAWL_EVERYTHING",
    },
  };
}

function targetsOf(text: string): CrawlerTargets {
  const S3Targets: { Path: string }[] = [];
  const JdbcTargets: { ConnectionName: string; Path: string }[] = [];
  for (const line of text.split("\n").map((raw) => raw.trim())) {
    if (line === "") continue;
    const jdbc = /^([^:/\s]+):\s*(\S+)$/.exec(line);
    if (line.startsWith("s3://")) S3Targets.push({ Path: line });
    else if (jdbc?.[1] !== undefined && jdbc[2] !== undefined)
      JdbcTargets.push({ ConnectionName: jdbc[1], Path: jdbc[2] });
    else throw new Error(`"${line}" is neither s3://BUCKET/FOLDER/ nor CONNECTION: database/schema/%.`);
  }
  return { ...(S3Targets.length > 0 && { S3Targets }), ...(JdbcTargets.length > 0 && { JdbcTargets }) };
}

function targetLines(targets: CrawlerTargets | undefined): readonly string[] {
  return [
    ...(targets?.S3Targets ?? []).map(({ Path = "" }) => Path),
    ...(targets?.JdbcTargets ?? []).map(({ ConnectionName = "", Path = "" }) => `${ConnectionName}: ${Path}`),
    ...(targets?.CatalogTargets ?? []).map(
      ({ DatabaseName = "", Tables = [] }) => `tables of ${DatabaseName}: ${Tables.join(", ")}`,
    ),
  ];
}

export function targetsText(targets: CrawlerTargets | undefined): string {
  return targetLines(targets).join(", ");
}
