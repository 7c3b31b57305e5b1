import type { UpdateCrawlerRequest } from "@aws-sdk/client-glue";
import { parseArn } from "../../../core/arn.ts";
import { ServiceError } from "../../../core/errors.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidInput, notImplemented } from "../errors.ts";
import { ConfigurationError, parseConfiguration } from "./configuration.ts";
import { type CrawlerDocument, roleArn, type Targets } from "./crawler-document.ts";
import { checkTargets } from "./crawler-targets.ts";
import { checkSchedule } from "./schedule-expression.ts";

/** What a client may say of a crawler: all of it when it is made, some of it when it is changed. */
export type CrawlerRequest = Omit<Input<UpdateCrawlerRequest>, "Name">;

/** What a crawler is made of, but for its name, its times and its version. */
export type CrawlerSettings = Omit<
  CrawlerDocument,
  "id" | "name" | "account" | "region" | "createdMs" | "updatedMs" | "version"
>;

/** What Glue takes as the configuration of a crawler of catalog tables, whatever it is told. */
const catalogConfiguration = '{"Version":1.0,"Grouping":{"TableGroupingPolicy":"CombineCompatibleSchemas"}}';

/**
 * A crawler's settings after a request, with AWS's defaults for what nobody said.
 * @throws ServiceError for what AWS refuses, and for what Millrace does not have
 */
export function crawlerSettings(
  request: CrawlerRequest,
  before: CrawlerDocument | undefined,
  call: Call,
): CrawlerSettings {
  refuseMissing(request, call);
  const targets: Targets = request.Targets ?? before?.targets ?? {};
  checkTargets(targets);
  checkConfiguration(request.Configuration);
  if (request.Schedule) checkSchedule(request.Schedule);
  const ofCatalog = (targets.CatalogTargets ?? []).length > 0;
  const recrawl = request.RecrawlPolicy?.RecrawlBehavior ?? before?.recrawl ?? "CRAWL_EVERYTHING";
  if (recrawl === "CRAWL_EVENT_MODE") throw notImplemented("crawls of what S3 events tell");
  const policy = request.SchemaChangePolicy;
  const settings: CrawlerSettings = {
    role: request.Role === undefined ? (before?.role ?? "") : checkedRole(request.Role, call),
    targets,
    databaseName: request.DatabaseName ?? before?.databaseName,
    description: request.Description ?? before?.description,
    classifiers: request.Classifiers ?? before?.classifiers ?? [],
    recrawl,
    updateBehavior: policy?.UpdateBehavior ?? before?.updateBehavior ?? "UPDATE_IN_DATABASE",
    deleteBehavior:
      policy?.DeleteBehavior ?? before?.deleteBehavior ?? (ofCatalog ? "LOG" : "DEPRECATE_IN_DATABASE"),
    tablePrefix: request.TablePrefix ?? before?.tablePrefix,
    schedule: scheduleOf(request.Schedule, before),
    configuration:
      request.Configuration || before?.configuration || (ofCatalog ? catalogConfiguration : undefined),
  };
  checkTogether(settings, before);
  return settings;
}

function checkTogether(settings: CrawlerSettings, before: CrawlerDocument | undefined): void {
  const { targets, recrawl, updateBehavior, deleteBehavior } = settings;
  const ofCatalog = (targets.CatalogTargets ?? []).length > 0;
  if (ofCatalog && deleteBehavior !== "LOG")
    throw invalidInput("The SchemaChangePolicy for catalog targets can have only LOG DeleteBehavior value.");
  if (!ofCatalog && !settings.databaseName) throw invalidInput("The crawler must have a DatabaseName.");
  if (recrawl !== "CRAWL_NEW_FOLDERS_ONLY") return;
  if (updateBehavior !== "LOG" || deleteBehavior !== "LOG")
    throw invalidInput(
      'The SchemaChangePolicy for "Crawl new folders only" Amazon S3 target can have only LOG DeleteBehavior value and LOG UpdateBehavior value.',
    );
  const same = JSON.stringify(targets.S3Targets) === JSON.stringify(before?.targets.S3Targets);
  if (before?.recrawl === recrawl && !same)
    throw invalidInput('The Amazon S3 targets of a crawler with "Crawl new folders only" cannot be changed.');
}

function refuseMissing(request: CrawlerRequest, call: Call): void {
  if (request.LineageConfiguration?.CrawlerLineageSettings === "ENABLE") throw notImplemented("data lineage");
  if (request.LakeFormationConfiguration?.UseLakeFormationCredentials === true)
    throw notImplemented("crawls with credentials of Lake Formation");
  if (request.CrawlerSecurityConfiguration) throw notImplemented("security configurations of crawlers");
  if (request.CatalogId !== undefined && request.CatalogId !== call.account)
    throw notImplemented("crawls into other catalogs than the account's own");
}

function checkConfiguration(text: string | undefined): void {
  try {
    parseConfiguration(text);
  } catch (error) {
    if (error instanceof ConfigurationError) throw invalidInput(error.message);
    throw error;
  }
}

function checkedRole(role: string, call: Call): string {
  const arn = roleArn(role, call);
  const parsed = parseArn(arn);
  if (parsed?.service !== "iam" || !/^role\/[\w+=,.@/-]+$/.test(parsed.resource))
    throw invalidInput(`The role ${JSON.stringify(role)} is neither the name nor the ARN of a role.`);
  if (parsed.account !== call.account)
    throw new ServiceError("AccessDeniedException", "Cross-account pass role is not allowed.");
  return arn;
}

/** An empty text takes the schedule away. */
function scheduleOf(
  expression: string | undefined,
  before: CrawlerDocument | undefined,
): CrawlerDocument["schedule"] {
  if (expression === undefined) return before?.schedule;
  return expression === "" ? undefined : { expression, isActive: true };
}
