import { CreateStreamCommand, KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { expect, it } from "vitest";
import { createMillrace } from "../embedding/index.ts";
import { MillraceContainer, StartedMillraceContainer } from "./testcontainers.ts";

it("hands out where the container is and its keys", async () => {
  await using millrace = await createMillrace({ auth: "verify", services: ["kinesis", "redshift"] });
  const { accessKeyId = "", secretKey: secretAccessKey = "" } = millrace.firstCredential ?? {};
  let isStopped = false;
  const started = new StartedMillraceContainer(
    {
      getHost: () => "127.0.0.1",
      getMappedPort: (port) => (port === 4566 ? millrace.ports.http : (millrace.ports.sql ?? 0)),
      async stop() {
        isStopped = true;
      },
    },
    { accessKeyId, secretAccessKey },
  );
  expect(started.getUrl()).toBe(millrace.url);
  expect([started.getHost(), started.getPort(), started.getSqlPort()]).toEqual([
    "127.0.0.1",
    millrace.ports.http,
    millrace.ports.sql,
  ]);
  expect(started.env).toEqual(millrace.env);
  const kinesis = new KinesisClient(started.awsConfig());
  await kinesis.send(new CreateStreamCommand({ StreamName: "contained", ShardCount: 1 }));
  expect((await kinesis.send(new ListStreamsCommand())).StreamNames).toEqual(["contained"]);
  await started[Symbol.asyncDispose]();
  expect(isStopped).toBe(true);
});

it("says what to install", async () => {
  await expect(new MillraceContainer("millrace:0.1.0").withServices("kinesis").start()).rejects.toThrow(
    "npm install --save-dev testcontainers",
  );
});
