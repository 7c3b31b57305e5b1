import { CreateStreamCommand, KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createMillrace, type Millrace } from "../../index.ts";

let millrace: Millrace;
let kinesis: KinesisClient;
beforeAll(async () => {
  millrace = await createMillrace({
    durability: "memory",
    services: ["kinesis", "s3", "kinesis-analytics-v2"],
  });
  kinesis = new KinesisClient(millrace.awsConfig());
});
afterAll(() => millrace.close());

const ask = (path: string, method: string = "GET"): Promise<Response> =>
  fetch(`${millrace.url}/_localstack/${path}`, { method });

it("says which services there are, in LocalStack's names and Python's spaces", async () => {
  await kinesis.send(new ListStreamsCommand());
  const text = await (await ask("health")).text();
  expect(text).toContain('"kinesis": "running"');
  expect(text).toContain('"s3": "available"');
  expect(JSON.parse(text)).toEqual({
    services: { kinesis: "running", s3: "available", kinesisanalyticsv2: "available" },
    edition: "community",
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
  });
});

it("answers HEAD without a body", async () => {
  const answer = await ask("health", "HEAD");
  expect([answer.status, await answer.text()]).toEqual([200, ""]);
});

it("says what it is", async () => {
  expect(await (await ask("info")).json()).toMatchObject({
    edition: "community",
    is_license_activated: false,
    is_docker: false,
    uptime: expect.any(Number),
  });
});

it("empties one service, or all", async () => {
  const names = async (): Promise<unknown> => (await kinesis.send(new ListStreamsCommand())).StreamNames;
  await kinesis.send(new CreateStreamCommand({ StreamName: "s", ShardCount: 1 }));
  expect((await ask("state/s3/reset", "POST")).status).toBe(200);
  expect(await names()).toEqual(["s"]);
  expect((await ask("state/kinesis/reset", "POST")).status).toBe(200);
  expect(await names()).toEqual([]);
  await kinesis.send(new CreateStreamCommand({ StreamName: "s", ShardCount: 1 }));
  expect((await ask("state/reset", "POST")).status).toBe(200);
  expect(await names()).toEqual([]);
  expect((await ask("state/sqs/reset", "POST")).status).toBe(400);
});

it("refuses what it does not have, and pages of other origins", async () => {
  for (const path of ["diagnose", "plugins", "resources"]) expect((await ask(path)).status).toBe(404);
  expect((await ask("health", "POST")).status).toBe(404);
  const headers = { origin: "https://evil.example" };
  const crossing = await fetch(`${millrace.url}/_localstack/state/reset`, { method: "POST", headers });
  expect(crossing.status).toBe(403);
});
