import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateStreamCommand, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CommandLine, cleanEnvironment } from "../fixtures/command-line.ts";
import { kinesisClient } from "../fixtures/kinesis-client.ts";
import { MillraceProcess, sourceCommand } from "../fixtures/millrace-process.ts";
import { VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-state-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function streamsOf(millrace: MillraceProcess): Promise<readonly string[]> {
  const client = kinesisClient(millrace.url);
  try {
    return (await client.send(new ListStreamsCommand({}))).StreamNames ?? [];
  } finally {
    client.destroy();
  }
}

it("saves, empties and loads the state of a Millrace that runs, and of a directory that none has open", async () => {
  const cli = new CommandLine(folder);
  const data = join(folder, "data");
  const millrace = await MillraceProcess.start({ dataFolder: data });
  try {
    const client = kinesisClient(millrace.url);
    await client.send(new CreateStreamCommand({ StreamName: "kept", ShardCount: 1 }));
    client.destroy();
    expect(await cli.print("snapshot", "save", "one.tar.zst", "--data", data)).toContain(
      `Saved the state of ${millrace.url}`,
    );
    expect((await stat(join(folder, "one.tar.zst"))).mode & 0o777).toBe(0o600);
    expect(await cli.run("snapshot", "save", "one.tar.zst", "--data", data)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("exists already"),
    });
    expect((await cli.run("snapshot", "save", "--offline", "--data", data)).stderr).toContain(
      "A Millrace runs on",
    );
    await cli.print("reset", "--yes", "--services", "kinesis", "--data", data);
    expect(await streamsOf(millrace)).toEqual([]);
    await writeFile(join(folder, "junk"), "not a snapshot");
    const refused = await cli.run("snapshot", "load", "junk", "--yes", "--data", data);
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("not a whole snapshot") });
    await cli.print("snapshot", "load", "one.tar.zst", "--yes", "--data", data);
    expect(await streamsOf(millrace)).toEqual(["kept"]);
    // It is still found after its state was replaced.
    expect(await cli.print("status", "--data", data)).toContain(millrace.url);
    await millrace.terminate();
    expect(await readdir(data)).not.toContain("run.json");

    expect(await cli.print("snapshot", "save", "two.tar.zst", "--data", data)).toContain(
      `Saved the state of ${data}`,
    );
    const other = join(folder, "other");
    await cli.print("snapshot", "load", "two.tar.zst", "--yes", "--offline", "--data", other);
    const copy = await MillraceProcess.start({ dataFolder: other });
    try {
      expect(await streamsOf(copy)).toEqual(["kept"]);
    } finally {
      await copy.dispose();
    }
  } finally {
    await millrace.dispose();
  }
});

it("signs what it asks where signatures are checked", async () => {
  const millrace = await VerifyingMillrace.start("123456789012");
  try {
    const { url } = millrace.process;
    const stranger = new CommandLine(folder, { MILLRACE_URL: url });
    expect(await stranger.run("status")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/refuses GET \/_millrace\/status.*--profile/),
    });
    expect(await stranger.run("env")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("millrace configure"),
    });
    const { accessKeyId, secretAccessKey } = millrace.root;
    const wanted = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    expect(await stranger.with(wanted).print("status")).toMatch(
      /verify, you are arn:aws:iam::123456789012:root/,
    );

    await stranger.print("configure", "--access-key-id", accessKeyId, "--secret-access-key", secretAccessKey);
    expect(await readFile(join(folder, ".aws/credentials"), "utf8")).toContain(secretAccessKey);
    // From now on the profile is found without being named.
    expect(JSON.parse(await stranger.print("env", "--shell", "json"))).toMatchObject(wanted);
    await stranger.print("wait", "--timeout", "10");
    await stranger.print("snapshot", "save", "verified.tar.zst");
    await stranger.print("reset", "--yes");
    await stranger.print("snapshot", "load", "verified.tar.zst", "--yes");
    expect(await stranger.print("requests", "--no-follow")).toBe("");
  } finally {
    await millrace.dispose();
  }
});

it("starts by a configuration file, and says where as JSON", async () => {
  await writeFile(
    join(folder, "millrace.config.ts"),
    'export default { port: 0, redshiftPort: 0, durability: "memory" as const, services: ["kinesis"], console: false };\n',
  );
  const [program, ...args] = [...sourceCommand, "start", "--json"];
  const started = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...cleanEnvironment(folder) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [stdout] = (await once(started.stdout, "data")) as [Buffer];
  started.kill("SIGINT");
  expect(await once(started, "close")).toEqual([0, null]);
  expect(JSON.parse(stdout.toString())).toMatchObject({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    console: null,
    data: null,
    sql: null,
    durability: "memory",
  });
  expect(await readdir(folder)).toEqual(["millrace.config.ts"]);
});
