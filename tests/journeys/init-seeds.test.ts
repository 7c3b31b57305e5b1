import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { kinesisClient } from "../fixtures/kinesis-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";

let init: string;
let millrace: MillraceProcess;

const files: Readonly<Record<string, string>> = {
  "1-streams.json": JSON.stringify({ streams: { clicks: { shards: 1, records: [{ user: 1 }] } } }),
  "2-module.mjs": `export default async ({ call }) => {
    const { StreamNames } = await call("kinesis", "ListStreams", {});
    await call("kinesis", "CreateStream", { StreamName: \`\${StreamNames[0]}-more\`, ShardCount: 1 });
  };`,
  "3-tables.sql": "create table visits (id int);\ninsert into visits values (1), (2);\n",
  "4-wrong.json": "{",
};

beforeAll(async () => {
  init = await mkdtemp(join(tmpdir(), "millrace-init-seeds-"));
  await mkdir(join(init, "ready.d"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(init, "ready.d", name), text);
});
afterAll(async () => {
  await millrace?.dispose();
  await rm(init, { recursive: true, force: true });
});

it.each([
  ["trust", ["4-wrong.json"]],
  // There is a cluster when somebody has made one.
  ["verify", ["3-tables.sql", "4-wrong.json"]],
])("fills a Millrace with seeds of all kinds: --auth %s", async (auth, wrong) => {
  await millrace?.dispose();
  millrace = await MillraceProcess.start({ flags: { init, auth } });
  const answer = await fetch(`${millrace.url}/_localstack/init/ready`);
  expect(await answer.json()).toEqual({
    completed: true,
    scripts: Object.keys(files).map((name) => ({
      ...{ stage: "READY", name },
      state: wrong.includes(name) ? "ERROR" : "SUCCESSFUL",
    })),
  });
  if (auth === "verify") return;
  const kinesis = kinesisClient(millrace.url);
  const { StreamNames } = await kinesis.send(new ListStreamsCommand({}));
  expect(StreamNames).toEqual(["clicks", "clicks-more"]);
  kinesis.destroy();
});
