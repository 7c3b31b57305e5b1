import { CreateDatabaseCommand, GetTableCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateStreamCommand, KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import type { KinesisAnalyticsV2 } from "@aws-sdk/client-kinesis-analytics-v2";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { analyticsClient, analyticsRole, untilStatus } from "../fixtures/analytics-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";

const ApplicationName = "notes";
let millrace: MillraceProcess;
let analytics: KinesisAnalyticsV2;
let kinesis: KinesisClient;
let session: string;
const credentials = { accessKeyId: "test", secretAccessKey: "test" };

interface Note {
  readonly id: string;
  readonly paragraphs: readonly {
    readonly id: string;
    readonly status: string;
    readonly message?: string;
    readonly result?: { readonly rows: readonly (readonly string[])[] };
  }[];
}

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${millrace.url}/_millrace/applications/${ApplicationName}/api/${path}`, {
    method,
    headers: { "x-millrace-session": session },
    ...(body && { body: JSON.stringify(body) }),
  });
  const value = (await answer.json()) as T;
  if (!answer.ok) throw new Error(`${answer.status}: ${JSON.stringify(value)}`);
  return value;
}

async function openPage(): Promise<void> {
  const { AuthorizedUrl = "" } = await analytics.createApplicationPresignedUrl({
    ApplicationName,
    UrlType: "ZEPPELIN_UI_URL",
  });
  session = new URL((await fetch(AuthorizedUrl)).url).searchParams.get("session") ?? "";
}

const put = (word: string): Promise<unknown> =>
  kinesis.send(
    new PutRecordCommand({
      StreamName: "words",
      PartitionKey: word,
      Data: Buffer.from(JSON.stringify({ word })),
    }),
  );

/** Runs a text in a paragraph of its own. */
async function run(note: Note, id: string, text: string): Promise<void> {
  const before = await call<Note>("GET", `notes/${note.id}`);
  const paragraphs = [...before.paragraphs.map((known) => ({ id: known.id, text: "" })), { id, text }];
  await call("PUT", `notes/${note.id}`, { name: "words", paragraphs });
  await call("POST", `notes/${note.id}/paragraphs/${id}/run`, { text });
}

const until = (note: Note, id: string, expected: object): Promise<void> =>
  vi.waitFor(
    async () => {
      const { paragraphs } = await call<Note>("GET", `notes/${note.id}`);
      expect(paragraphs.find((paragraph) => paragraph.id === id)).toMatchObject(expected);
    },
    { timeout: 30_000, interval: 100 },
  );

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  analytics = analyticsClient(millrace.url);
  kinesis = new KinesisClient({
    endpoint: millrace.url,
    region: "us-east-1",
    credentials,
  });
  await kinesis.send(new CreateStreamCommand({ StreamName: "words", ShardCount: 1 }));
  await analytics.createApplication({
    ApplicationName,
    RuntimeEnvironment: "ZEPPELIN-FLINK-3_0",
    ApplicationMode: "INTERACTIVE",
    ServiceExecutionRole: analyticsRole,
  });
  await analytics.startApplication({ ApplicationName });
  await untilStatus(analytics, ApplicationName, "RUNNING");
  await openPage();
});
afterAll(async () => {
  analytics.destroy();
  kinesis.destroy();
  await millrace.dispose();
});

it("asks a stream in notes: definitions, live results, jobs, and what is left after a crash", async () => {
  const note = await call<Note>("POST", "notes", { name: "words" });
  await run(
    note,
    "define",
    `%flink.ssql
    CREATE TABLE words (word STRING) WITH ('connector' = 'kinesis', 'stream' = 'words',
      'aws.region' = 'us-east-1', 'scan.stream.initpos' = 'TRIM_HORIZON', 'format' = 'json')`,
  );
  await until(note, "define", { status: "FINISHED", message: "Done." });
  await run(note, "count", "SELECT word, COUNT(*) AS n FROM words GROUP BY word");
  for (const word of ["a", "b", "a"]) await vi.waitFor(() => put(word), { timeout: 20_000 });
  await until(note, "count", { status: "RUNNING" });
  await vi.waitFor(
    async () => {
      const { paragraphs } = await call<Note>("GET", `notes/${note.id}`);
      const rows = paragraphs.find(({ id }) => id === "count")?.result?.rows ?? [];
      expect([...rows].sort()).toEqual([
        ["a", "2"],
        ["b", "1"],
      ]);
    },
    { timeout: 30_000, interval: 100 },
  );
  await run(note, "show", "SHOW TABLES");
  await until(note, "show", { status: "FINISHED", result: { rows: [["words"]] } });
  await run(note, "wrong", "SELECT nope FROM words");
  await until(note, "wrong", {
    status: "ERROR",
    message: expect.stringMatching(/^line 1, column 8: .*nope/),
  });

  await millrace.kill();
  await millrace.start();
  await openPage();
  await until(note, "count", { status: "ABORTED", message: "Millrace was stopped while the paragraph ran." });
  // The session's tables are there again.
  await run(note, "again", "%flink.ssql(type=append)\nSELECT word FROM words");
  await until(note, "again", { result: { rows: [["a"], ["b"], ["a"]] } });
  await call("POST", `notes/${note.id}/paragraphs/again/stop`);
  await until(note, "again", { status: "ABORTED", result: { rows: [["a"], ["b"], ["a"]] } });
});

it("keeps tables in the Glue Data Catalog where the application names a database of it", async () => {
  const glue = new GlueClient({ endpoint: millrace.url, region: "us-east-1", credentials });
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "lake" } }));
  await analytics.stopApplication({ ApplicationName });
  await untilStatus(analytics, ApplicationName, "READY");
  const DatabaseARNUpdate = "arn:aws:glue:us-east-1:000000000000:database/lake";
  await analytics.updateApplication({
    ApplicationName,
    CurrentApplicationVersionId: 1,
    ApplicationConfigurationUpdate: {
      ZeppelinApplicationConfigurationUpdate: {
        CatalogConfigurationUpdate: { GlueDataCatalogConfigurationUpdate: { DatabaseARNUpdate } },
      },
    },
  });
  await analytics.startApplication({ ApplicationName });
  await untilStatus(analytics, ApplicationName, "RUNNING");
  await openPage();
  await call("POST", "session/reset");
  const note = await call<Note>("POST", "notes", { name: "lake" });
  await run(
    note,
    "define",
    `CREATE TABLE shared_words (word STRING) WITH ('connector' = 'kinesis', 'stream' = 'words',
      'aws.region' = 'us-east-1', 'scan.stream.initpos' = 'TRIM_HORIZON', 'format' = 'json')`,
  );
  await until(note, "define", { status: "FINISHED" });
  const { Table } = await glue.send(new GetTableCommand({ DatabaseName: "lake", Name: "shared_words" }));
  expect(Table?.Name).toBe("shared_words");
  glue.destroy();
  await call("POST", "session/reset");
  await run(note, "read", "%flink.ssql(type=append)\nSELECT word FROM shared_words");
  await until(note, "read", { result: { rows: [["a"], ["b"], ["a"]] } });
});
