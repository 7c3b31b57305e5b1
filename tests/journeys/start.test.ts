import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type KinesisClient, ListStreamsCommand, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStream, entry, kinesisClient, recordsByShard, textOf } from "../fixtures/kinesis-client.ts";
import { MillraceProcess, sourceCommand } from "../fixtures/millrace-process.ts";
import { type CommandResult, runCommand } from "../fixtures/run-command.ts";

let folder: string;
const clients: KinesisClient[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-start-"));
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await rm(folder, { recursive: true, force: true });
});

describe("starting and stopping", () => {
  it("says where it is, on standard output and alone", async () => {
    const millrace = await MillraceProcess.start();
    try {
      expect(millrace.stdout).toBe(
        `Redshift takes SQL clients on 127.0.0.1 port ${millrace.sqlPort}\nMillrace is ready at ${millrace.url}\n`,
      );
      expect(millrace.stderr).toBe("");
      // A service starts with its first call.
      expect(await millrace.health()).toMatchObject({ status: "ok", services: { kinesis: "available" } });
      await fetch(millrace.url, {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": "Kinesis_20131202.ListStreams",
        },
        body: "{}",
      });
      expect(await millrace.health()).toMatchObject({ services: { kinesis: "running", s3: "available" } });
    } finally {
      await millrace.dispose();
    }
  });

  it("explains itself", async () => {
    const help = await millraceCommand("--help");
    expect(help).toMatchObject({ exitCode: 0, stderr: "" });
    for (const flag of ["port", "host", "data", "auth", "durability", "limits"])
      expect(help.stdout).toContain(`--${flag} `);
    expect(await millraceCommand("--version")).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  it.each([
    [["--port", "70000"], "--port"],
    [["--colour", "blue"], "--colour"],
    [["--durability", "sometimes"], "--durability"],
    [["--services", "kinesis,teleport"], "teleport"],
    [["--host", "0.0.0.0"], "--auth verify"],
    [["serve"], "serve"],
  ])("refuses %j in one line that names it", async (flags, named) => {
    const { exitCode, stdout, stderr } = await millraceCommand(...flags, "--data", folder);
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^millrace: [^\n]+\n$/);
    expect(stderr).toContain(named);
  });

  it("takes settings from the environment, and flags before them", async () => {
    const environment = { MILLRACE_PORT: "no port", MILLRACE_ACCOUNT: "123456789012" };
    const millrace = await MillraceProcess.start({ environment });
    try {
      const failure = await clientOf(millrace)
        .send(new PutRecordsCommand({ StreamName: "nowhere", Records: [entry("key", "text")] }))
        .catch((error: unknown) => error);
      expect(String(failure)).toContain("under account 123456789012 not found");
    } finally {
      await millrace.dispose();
    }
  });

  it("says that a port is in use, or a directory, and leaves the first one alone", async () => {
    const first = await MillraceProcess.start({ dataFolder: join(folder, "first") });
    try {
      const samePort = await millraceCommand("--port", `${first.port}`, "--data", join(folder, "second"));
      expect(samePort.exitCode).toBe(2);
      expect(samePort.stderr).toMatch(new RegExp(`^millrace: .*${first.port}.*EADDRINUSE.*\n$`));
      const sameData = await millraceCommand("--port", "0", "--data", first.dataFolder);
      expect(sameData.exitCode).toBe(2);
      expect(sameData.stderr).toMatch(/^millrace: [^\n]*first[^\n]*\n$/);
      await createStream(clientOf(first), "still-there");
    } finally {
      await first.dispose();
    }
  });

  it("has after a clean end, and after a kill, what it had before", async () => {
    const millrace = await MillraceProcess.start();
    try {
      const client = clientOf(millrace);
      await createStream(client, "kept", 2);
      const texts = Array.from({ length: 100 }, (_, i) => `${i}`);
      const Records = texts.map((text) => entry(text, text));
      await client.send(new PutRecordsCommand({ StreamName: "kept", Records }));
      expect(await millrace.terminate()).toBe(0);
      await millrace.start();
      expect((await textsIn(client, "kept")).sort()).toEqual([...texts].sort());
      await millrace.kill();
      await millrace.start();
      expect((await textsIn(client, "kept")).sort()).toEqual([...texts].sort());
    } finally {
      await millrace.dispose();
    }
  });

  it.each(["SIGTERM", "SIGINT"] as const)("answers what is under way before %s ends it", async (signal) => {
    const millrace = await MillraceProcess.start();
    try {
      const client = clientOf(millrace);
      await createStream(client, "busy");
      const Records = Array.from({ length: 500 }, (_, i) => entry("key", `${i}`.padEnd(2_000)));
      const puts = Array.from({ length: 20 }, () =>
        client.send(new PutRecordsCommand({ StreamName: "busy", Records })).then(
          () => true,
          () => false,
        ),
      );
      // At least one has arrived, and others are on their way.
      await Promise.any(puts);
      expect(await millrace.terminate(signal)).toBe(0);
      const acknowledged = (await Promise.all(puts)).filter((done) => done).length;
      expect(millrace.stderr).toBe("");
      await millrace.start();
      const kept = (await textsIn(client, "busy")).length;
      expect(kept % 500).toBe(0);
      expect(kept).toBeGreaterThanOrEqual(acknowledged * 500);
    } finally {
      await millrace.dispose();
    }
  });

  it("forgets everything in memory mode, and writes nothing", async () => {
    const millrace = await MillraceProcess.start({
      flags: { durability: "memory" },
      dataFolder: join(folder, "none"),
    });
    try {
      await createStream(clientOf(millrace), "gone");
      await millrace.terminate();
      await millrace.start();
      const { StreamNames } = await clientOf(millrace).send(new ListStreamsCommand({}));
      expect(StreamNames).toEqual([]);
      await expect(rm(join(folder, "none"), { recursive: true })).rejects.toThrow("ENOENT");
    } finally {
      await millrace.dispose();
    }
  });

  it("is emptied by a reset, also on disk", async () => {
    const millrace = await MillraceProcess.start();
    try {
      const client = clientOf(millrace);
      await createStream(client, "emptied");
      await client.send(new PutRecordsCommand({ StreamName: "emptied", Records: [entry("key", "text")] }));
      const reset = await fetch(`${millrace.url}/_millrace/reset`, { method: "POST" });
      expect(reset.status).toBe(200);
      expect((await client.send(new ListStreamsCommand({}))).StreamNames).toEqual([]);
      await millrace.kill();
      await millrace.start();
      expect((await client.send(new ListStreamsCommand({}))).StreamNames).toEqual([]);
      await createStream(client, "emptied");
      expect(await textsIn(client, "emptied")).toEqual([]);
    } finally {
      await millrace.dispose();
    }
  });
});

function millraceCommand(...flags: readonly string[]): Promise<CommandResult> {
  return runCommand([...sourceCommand, ...flags], { timeoutMs: 20_000 });
}

function clientOf(millrace: MillraceProcess): KinesisClient {
  const client = kinesisClient(millrace.url, { maxAttempts: 1 });
  clients.push(client);
  return client;
}

async function textsIn(client: KinesisClient, stream: string): Promise<string[]> {
  return [...(await recordsByShard(client, stream)).values()].flatMap((records) => records.map(textOf));
}
