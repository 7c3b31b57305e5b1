import type { CreateCrawlerRequest } from "@aws-sdk/client-glue";
import { expect, it } from "vitest";
import { everyRole } from "../../../core/role-access.ts";
import { crawlerInput } from "../crawlers/test-crawl.ts";
import { arnPrefix, codeOf, GlueRunner, refusalOf } from "../test-glue.ts";

it("answers what it was told, and AWS's defaults", async () => {
  await using glue = await GlueRunner.start();
  const Role = "arn:aws:iam::000000000000:role/service-role/crawler";
  await glue.run("CreateCrawler", crawlerInput("c", { Role, Tags: { team: "a" } }));
  expect((await glue.run("GetCrawler", { Name: "c" })).Crawler).toEqual({
    Name: "c",
    Role: "service-role/crawler",
    Targets: {
      S3Targets: [{ Path: "s3://lake/" }],
      JdbcTargets: [],
      MongoDBTargets: [],
      DynamoDBTargets: [],
      CatalogTargets: [],
      DeltaTargets: [],
      IcebergTargets: [],
      HudiTargets: [],
    },
    DatabaseName: "shop",
    Classifiers: [],
    RecrawlPolicy: { RecrawlBehavior: "CRAWL_EVERYTHING" },
    SchemaChangePolicy: { UpdateBehavior: "UPDATE_IN_DATABASE", DeleteBehavior: "DEPRECATE_IN_DATABASE" },
    LineageConfiguration: { CrawlerLineageSettings: "DISABLE" },
    LakeFormationConfiguration: { UseLakeFormationCredentials: false, AccountId: "" },
    State: "READY",
    CrawlElapsedTime: 0,
    CreationTime: new Date(glue.clock.now()),
    LastUpdated: new Date(glue.clock.now()),
    Version: 1,
  });
  const { Tags } = await glue.run("GetTags", { ResourceArn: `${arnPrefix}crawler/c` });
  expect(Tags).toEqual({ team: "a" });
});

it("takes a name once", async () => {
  await using glue = await GlueRunner.start();
  const outcomes = await Promise.allSettled([1, 2].map(() => glue.run("CreateCrawler", crawlerInput("c"))));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  expect(await codeOf(glue.run("CreateCrawler", crawlerInput("c")))).toBe("AlreadyExistsException");
});

const s3 = (target: object): Partial<CreateCrawlerRequest> => ({ Targets: { S3Targets: [target] } });

it.each<[string, Partial<CreateCrawlerRequest>, string]>([
  ["no target", { Targets: {} }, "at least one target"],
  ["no path", s3({}), "path"],
  ["another scheme", s3({ Path: "http://x/y" }), "path"],
  ["too small a sample", s3({ Path: "s3://b", SampleSize: 0 }), "SampleSize"],
  ["too large a sample", s3({ Path: "s3://b", SampleSize: 250 }), "SampleSize"],
  ["a broken exclude pattern", s3({ Path: "s3://b", Exclusions: ["[a"] }), "bracket"],
  ["no connection", { Targets: { JdbcTargets: [{ Path: "a/b" }] } }, "ConnectionName"],
  [
    "a wildcard for the database",
    { Targets: { JdbcTargets: [{ ConnectionName: "x", Path: "%/b" }] } },
    "path",
  ],
  ["no database", { DatabaseName: "" }, "DatabaseName"],
  ["no role's name", { Role: "a role" }, "role"],
  ["a user for a role", { Role: "arn:aws:iam::000000000000:user/u" }, "role"],
  ["no cron", { Schedule: "rate(5 minutes)" }, "cron(...)"],
  ["a broken cron", { Schedule: "cron(99 * * * ? *)" }, "Minutes"],
  ["too frequent a cron", { Schedule: "cron(0/4 * * * ? *)" }, "more often"],
  ["a configuration that is no JSON", { Configuration: "{" }, "JSON"],
  ["an unknown configuration", { Configuration: '{"Version":1.0,"Colour":1}' }, "Colour"],
  ["tags of AWS", { Tags: { "aws:x": "1" } }, "aws:"],
  [
    "mixed targets",
    { Targets: { S3Targets: [{ Path: "s3://b" }], CatalogTargets: [{ DatabaseName: "d", Tables: ["t"] }] } },
    "cannot have catalog targets mixed with other target types",
  ],
  [
    "deletions by a crawl of catalog tables",
    {
      Targets: { CatalogTargets: [{ DatabaseName: "d", Tables: ["t"] }] },
      SchemaChangePolicy: { DeleteBehavior: "DELETE_FROM_DATABASE" },
    },
    "only LOG DeleteBehavior",
  ],
  [
    "changes by a crawl of new folders",
    { RecrawlPolicy: { RecrawlBehavior: "CRAWL_NEW_FOLDERS_ONLY" } },
    "only LOG",
  ],
])("refuses %s", async (_what, more, text) => {
  await using glue = await GlueRunner.start();
  const refusal = await refusalOf(glue.run("CreateCrawler", crawlerInput("c", more)));
  expect(refusal).toMatch(/^InvalidInputException: /);
  expect(refusal).toContain(text);
});

it.each<[string, Partial<CreateCrawlerRequest>, string]>([
  ["DynamoDB", { Targets: { DynamoDBTargets: [{ Path: "t" }] } }, "DynamoDB tables"],
  ["MongoDB", { Targets: { MongoDBTargets: [{ Path: "t" }] } }, "MongoDB"],
  ["Delta Lake", { Targets: { DeltaTargets: [{ DeltaTables: ["s3://b/t"] }] } }, "Delta Lake"],
  ["Iceberg", { Targets: { IcebergTargets: [{ Paths: ["s3://b/t"] }] } }, "Iceberg"],
  ["Hudi", { Targets: { HudiTargets: [{ Paths: ["s3://b/t"] }] } }, "Hudi"],
  ["events", { RecrawlPolicy: { RecrawlBehavior: "CRAWL_EVENT_MODE" } }, "S3 events"],
  ["queues", s3({ Path: "s3://b", EventQueueArn: "arn:aws:sqs:us-east-1:000000000000:q" }), "S3 events"],
  ["networks", s3({ Path: "s3://b", ConnectionName: "n" }), "network connections"],
  ["lineage", { LineageConfiguration: { CrawlerLineageSettings: "ENABLE" } }, "lineage"],
  ["Lake Formation", { LakeFormationConfiguration: { UseLakeFormationCredentials: true } }, "Lake Formation"],
  ["security configurations", { CrawlerSecurityConfiguration: "s" }, "security configurations"],
  ["other catalogs", { CatalogId: "111111111111" }, "catalogs"],
])("says that Millrace does not have %s", async (_what, more, text) => {
  await using glue = await GlueRunner.start();
  const refusal = await refusalOf(glue.run("CreateCrawler", crawlerInput("c", more)));
  expect(refusal).toMatch(/^NotImplemented: Millrace does not have /);
  expect(refusal).toContain(text);
});

it("wants its classifiers, connections and role to be there", async () => {
  await using glue = await GlueRunner.start();
  const create = (more: Partial<CreateCrawlerRequest>) => glue.run("CreateCrawler", crawlerInput("c", more));
  expect(await codeOf(create({ Classifiers: ["none"] }))).toBe("EntityNotFoundException");
  const Targets = { JdbcTargets: [{ ConnectionName: "none", Path: "a/b" }] };
  expect(await codeOf(create({ Targets }))).toBe("EntityNotFoundException");
  expect(await refusalOf(create({ Role: "arn:aws:iam::111111111111:role/r" }))).toBe(
    "AccessDeniedException: Cross-account pass role is not allowed.",
  );
  const roles = { ...everyRole, assuming: () => ({ kind: "assume", message: "no trust" }) as const };
  await using strict = await GlueRunner.start({ roles });
  expect(await refusalOf(strict.run("CreateCrawler", crawlerInput("c")))).toContain(
    "InvalidInputException: Service is unable to assume provided role.",
  );
});

it("needs the permission to pass the role", async () => {
  await using glue = await GlueRunner.start();
  expect(glue.permissions("CreateCrawler", crawlerInput("c"))).toEqual([
    { action: "glue:CreateCrawler", resources: [`${arnPrefix}crawler/c`] },
    {
      action: "iam:PassRole",
      resources: ["arn:aws:iam::000000000000:role/service-role/crawler"],
      context: { "iam:PassedToService": "glue.amazonaws.com" },
    },
  ]);
});
