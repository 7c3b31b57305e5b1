import { invalidInput, notImplemented } from "../errors.ts";
import type { Targets } from "./crawler-document.ts";
import { GlobPattern, PatternError } from "./glob-pattern.ts";
import { parseJdbcPath } from "./jdbc-path.ts";
import { parseS3Path } from "./s3-path.ts";

type S3Target = NonNullable<Targets["S3Targets"]>[number];
type JdbcTarget = NonNullable<Targets["JdbcTargets"]>[number];

/** What Millrace does not crawl, by its member in `Targets`. */
const missing = {
  DynamoDBTargets: "crawls of DynamoDB tables",
  MongoDBTargets: "crawls of MongoDB and DocumentDB",
  DeltaTargets: "crawls of Delta Lake tables",
  IcebergTargets: "crawls of Iceberg tables",
  HudiTargets: "crawls of Hudi tables",
} as const;

const maxSampleSize = 249;

/** Refuses what AWS refuses, and by name what Millrace does not have. */
export function checkTargets(targets: Targets): void {
  for (const [member, what] of Object.entries(missing)) {
    const list = targets[member as keyof typeof missing];
    if (list !== undefined && list.length > 0) throw notImplemented(what);
  }
  const { S3Targets: objects = [], JdbcTargets: databases = [], CatalogTargets: tables = [] } = targets;
  if (objects.length + databases.length + tables.length === 0)
    throw invalidInput("The crawler must have at least one target.");
  if (tables.length > 0 && objects.length + databases.length > 0)
    throw invalidInput(
      "The crawler cannot have catalog targets mixed with other target types. Specify crawler targets that include only catalog, or only non-catalog targets",
    );
  for (const target of objects) checkS3Target(target);
  for (const target of databases) checkJdbcTarget(target);
  for (const target of tables) {
    refuseQueues(target);
    if (target.ConnectionName) throw notImplemented("network connections of catalog targets");
  }
}

function checkS3Target(target: S3Target): void {
  const { Path: path, SampleSize: size } = target;
  if (path === undefined || parseS3Path(path) === undefined)
    throw invalidInput(
      `The path ${JSON.stringify(path ?? "")} of an S3 target is not like s3://bucket/folder/.`,
    );
  refuseQueues(target);
  if (target.ConnectionName) throw notImplemented("network connections of S3 targets");
  if (size !== undefined && (size < 1 || size > maxSampleSize))
    throw invalidInput(`SampleSize must be between 1 and ${maxSampleSize}, not ${size}.`);
  checkExclusions(target.Exclusions);
}

function checkJdbcTarget(target: JdbcTarget): void {
  const { ConnectionName: connection, Path: path } = target;
  if (!connection) throw invalidInput("A JDBC target needs a ConnectionName.");
  if (path === undefined || parseJdbcPath(path) === undefined)
    throw invalidInput(
      `The path ${JSON.stringify(path ?? "")} of a JDBC target is not like database/schema/table or database/table.`,
    );
  checkExclusions(target.Exclusions);
}

function refuseQueues(target: {
  readonly EventQueueArn?: string | undefined;
  readonly DlqEventQueueArn?: string | undefined;
}): void {
  if (target.EventQueueArn || target.DlqEventQueueArn) throw notImplemented("crawls of what S3 events tell");
}

function checkExclusions(patterns: readonly string[] | undefined): void {
  for (const pattern of patterns ?? []) {
    try {
      new GlobPattern(pattern);
    } catch (error) {
      if (error instanceof PatternError) throw invalidInput(error.message);
      throw error;
    }
  }
}
