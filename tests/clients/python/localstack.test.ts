import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { send } from "../../fixtures/raw-http.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { virtualEnvironment } from "./virtual-environment.ts";

let python: string;
let millrace: MillraceProcess;
let init: string;

/** What somebody has in `docker-compose` for LocalStack, unchanged. */
const script = `#!/bin/bash
set -e
awslocal kinesis create-stream --stream-name clicks --shard-count 2
awslocal s3 mb s3://lake
echo '{"a":1}' | awslocal s3 cp - s3://lake/raw/a.json
`;

beforeAll(async () => {
  ({ python } = await virtualEnvironment("localstack-requirements.txt"));
  init = await mkdtemp(join(tmpdir(), "millrace-localstack-"));
  await mkdir(join(init, "ready.d"));
  await writeFile(join(init, "ready.d/setup.sh"), script, { mode: 0o755 });
  const environment = { PATH: path() };
  millrace = await MillraceProcess.start({ flags: { init }, environment });
}, 300_000);
afterAll(async () => {
  await millrace?.dispose();
  await rm(init, { recursive: true, force: true });
});

const path = (): string => [dirname(python), process.env["PATH"] ?? ""].join(delimiter);
/** As LocalStack's own tools find it: by a host, and keys that are made up. */
const environment = (): Record<string, string> => ({
  PATH: path(),
  LOCALSTACK_HOST: new URL(millrace.url).host,
  AWS_DEFAULT_REGION: "us-east-1",
  DISABLE_DEPRECATION_NOTICE: "1",
});
const awslocal = (...args: readonly string[]): Promise<string> =>
  mustRun([join(dirname(python), "awslocal"), ...args], { environment: environment() });

it("runs an init script that calls awslocal", async () => {
  const answer = await fetch(`${millrace.url}/_localstack/init/ready`);
  expect(await answer.json()).toEqual({
    completed: true,
    scripts: [{ stage: "READY", name: "setup.sh", state: "SUCCESSFUL" }],
  });
});

it("serves awslocal, which asks for nothing but a host", async () => {
  const streams = JSON.parse(await awslocal("kinesis", "list-streams", "--output", "json"));
  expect(streams.StreamNames).toEqual(["clicks"]);
  expect(await awslocal("s3", "ls", "s3://lake/raw/")).toMatch(/ 8 a\.json$/m);
  await awslocal(
    "s3api",
    "put-object",
    "--bucket",
    "lake",
    "--key",
    "b",
    "--body",
    init.concat("/ready.d/setup.sh"),
  );
  expect(await awslocal("s3", "cp", "s3://lake/b", "-")).toBe(script);
});

it("serves localstack_client, boto3 with LocalStack's endpoints", async () => {
  const program = `
import localstack_client.session
session = localstack_client.session.Session()
print(session.client("kinesis").list_streams()["StreamNames"], [b["Name"] for b in session.client("s3").list_buckets()["Buckets"]])
`;
  expect((await mustRun([python, "-c", program], { environment: environment() })).trim()).toBe(
    "['clicks'] ['lake']",
  );
});

it.each([
  ["localhost.localstack.cloud", "/lake/raw/a.json"],
  ["s3.localhost.localstack.cloud", "/lake/raw/a.json"],
  ["s3.us-east-1.localhost.localstack.cloud", "/lake/raw/a.json"],
  ["lake.s3.localhost.localstack.cloud", "/raw/a.json"],
  ["lake.s3.us-east-1.localhost.localstack.cloud", "/raw/a.json"],
])("finds an object under LocalStack's host name %s", async (name, target) => {
  // Its names lead to this machine where there is a network; here, the header says it.
  const headers = { host: `${name}:${millrace.port}` };
  const answer = await send(millrace.port, { method: "GET", path: target, headers });
  expect([answer.status, answer.body.toString()]).toEqual([200, '{"a":1}\n']);
});
