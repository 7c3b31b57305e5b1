import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateStreamCommand, type KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CommandLine, cleanEnvironment } from "../fixtures/command-line.ts";
import { kinesisClient } from "../fixtures/kinesis-client.ts";
import { MillraceProcess, sourceCommand } from "../fixtures/millrace-process.ts";

let millrace: MillraceProcess;
let client: KinesisClient;
let folder: string;
/** In a folder of its own, knowing where Millrace is. */
let cli: CommandLine;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  client = kinesisClient(millrace.url);
});
afterAll(async () => {
  client.destroy();
  await millrace.dispose();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-cli-"));
  cli = new CommandLine(folder, { MILLRACE_URL: millrace.url });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function streams(): Promise<readonly string[]> {
  return (await client.send(new ListStreamsCommand({}))).StreamNames ?? [];
}

describe("finding Millrace", () => {
  it("goes by flags, the environment, and the instance of the data directory", async () => {
    const anywhere = new CommandLine(folder);
    for (const args of [
      ["--url", `${millrace.url}/`],
      ["--data", millrace.dataFolder],
    ])
      expect(JSON.parse(await anywhere.print("status", "--json", ...args))).toMatchObject({
        endpoints: { http: millrace.url },
        pid: millrace.pid,
      });
    for (const name of ["MILLRACE_URL", "AWS_ENDPOINT_URL", "MILLRACE_DATA"]) {
      const value = name === "MILLRACE_DATA" ? millrace.dataFolder : millrace.url;
      expect(await anywhere.with({ [name]: value }).print("status")).toContain(millrace.url);
    }
    await writeFile(join(folder, "millrace.config.json"), JSON.stringify({ data: millrace.dataFolder }));
    expect(await anywhere.print("status")).toContain(millrace.url);
  });

  it("says what to do when nothing answers, and ends with 3", async () => {
    const nowhere = await cli.run("status", "--url", "http://127.0.0.1:1");
    expect(nowhere).toMatchObject({ exitCode: 3, stdout: "" });
    expect(nowhere.stderr).toMatch(
      /^millrace: Nothing answers at http:\/\/127\.0\.0\.1:1 .*millrace start.*--url\.\n$/,
    );
    expect(await new CommandLine(folder).run("reset", "--yes", "--data", folder)).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining(`No Millrace runs on ${folder}`),
    });
    // A file that a killed process has left behind leads nowhere.
    await writeFile(
      join(folder, "run.json"),
      JSON.stringify({ url: "http://127.0.0.1:1", pid: process.pid, version: "0.0.0" }),
    );
    expect(await new CommandLine(folder).run("status", "--data", folder)).toMatchObject({ exitCode: 3 });
  });

  it.each([
    [["status", "--tuna"], "--tuna"],
    [["stats"], "Did you mean status?"],
    [["status", "--url", "nowhere"], "--url"],
    [["wait", "--for", "stream"], "KIND/NAME"],
    [["wait", "--timeout", "soon"], "--timeout"],
    [["env", "--shell", "tcsh"], "--shell"],
    [["env", "--account", "12"], "--account"],
    [["logs", "--level", "loud"], "--level"],
    [["logs", "--since", "yesterday"], "--since"],
    [["snapshot"], "snapshot"],
    [["reset"], "--yes"],
    [["config", "--prot", "1"], "--prot"],
    [["start", "--config"], "--config"],
    [["configure", "--profile", "a b"], "--profile"],
  ])("refuses %j in one line, with 2", async (args, named) => {
    const { exitCode, stdout, stderr } = await cli.run(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^millrace: [^\n]+\n$/);
    expect(stderr).toContain(named);
  });
});

describe("wait", () => {
  it("waits for an instance that is started meanwhile, and for what is in it", async () => {
    const data = join(folder, "later");
    const waiting = new CommandLine(folder).print("wait", "--data", data, "--timeout", "60");
    const later = await MillraceProcess.start({ dataFolder: data });
    try {
      await waiting;
    } finally {
      await later.dispose();
    }
    const found = cli.run("wait", "--for", "stream/awaited", "bucket/lake", "--timeout", "60");
    await client.send(new CreateStreamCommand({ StreamName: "awaited", ShardCount: 1 }));
    await fetch(`${millrace.url}/lake`, { method: "PUT" });
    expect(await found).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("stream awaited is ACTIVE"),
    });
  });

  it("gives up with 4, and says what it waited for", async () => {
    expect(await cli.run("wait", "--for", "cluster/none", "--timeout", "0.2")).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining("cluster none does not exist, not available"),
    });
  });
});

describe("the shell, profiles and other programs", () => {
  it("sets a shell up, and takes away what leads elsewhere", async () => {
    const shell = `eval "$(${sourceCommand.join(" ")} env)"; echo "$AWS_ENDPOINT_URL $AWS_ACCESS_KEY_ID [$AWS_PROFILE]"`;
    const child = spawn("bash", ["-c", shell], {
      cwd: folder,
      env: { ...process.env, ...cleanEnvironment(folder), MILLRACE_URL: millrace.url, AWS_PROFILE: "work" },
    });
    let printed = "";
    child.stdout.on("data", (text: Buffer) => {
      printed += text.toString();
    });
    await once(child, "close");
    expect(printed).toBe(`${millrace.url} test []\n`);
  });

  it("hands real keys to nobody where every key is taken", async () => {
    const real = cli.with({ AWS_ACCESS_KEY_ID: "AKIAREAL", AWS_SECRET_ACCESS_KEY: "precious" });
    const printed = await real.print("env", "--shell", "json", "--account", "123456789012");
    expect(JSON.parse(printed)).toMatchObject({ AWS_ACCESS_KEY_ID: "123456789012", AWS_REGION: "us-east-1" });
    expect(printed).not.toContain("precious");
  });

  it("writes a profile, leaves everything else as it is, and takes it away again", async () => {
    const config = join(folder, "link/config");
    const mine = "# mine\n[default]\nregion = eu-west-1\n\n[profile work]\nsso_session = x\n";
    await mkdir(join(folder, "link"));
    await writeFile(config, mine, { mode: 0o640 });
    const aws = cli.with({ AWS_CONFIG_FILE: config });
    await aws.print("configure", "--region", "eu-north-1");
    const written = await readFile(config, "utf8");
    expect(written).toBe(
      `${mine}\n[profile millrace]\nregion = eu-north-1\nendpoint_url = ${millrace.url}\n`,
    );
    expect((await stat(config)).mode & 0o777).toBe(0o640);
    const credentials = join(folder, ".aws/credentials");
    expect((await stat(credentials)).mode & 0o777).toBe(0o600);
    expect(await aws.print("configure", "--region", "eu-north-1")).toContain("nothing to change");
    expect(await readFile(config, "utf8")).toBe(written);
    expect(await aws.print("env", "--profile", "millrace")).toContain("eu-north-1");
    await aws.print("configure", "--remove");
    expect(await readFile(config, "utf8")).toBe(mine);
    expect(await readFile(credentials, "utf8")).toBe("");
  });

  it("runs aws and terraform with endpoint and keys, and ends as they do", async () => {
    const programs = join(folder, "programs");
    await mkdir(programs);
    for (const name of ["aws", "terraform"]) {
      await writeFile(
        join(programs, name),
        '#!/bin/sh\necho "$AWS_ENDPOINT_URL $AWS_ACCESS_KEY_ID $AWS_REGION $*"\n[ "$1" = die ] && kill -TERM $$\nexit 7\n',
      );
      await chmod(join(programs, name), 0o755);
    }
    const path = { PATH: `${programs}:/usr/bin:/bin` };
    const byName = millrace.url.replace("127.0.0.1", "localhost");
    expect(await cli.with(path).run("aws", "--url", byName, "--", "s3", "ls", "--help")).toMatchObject({
      exitCode: 7,
      stdout: `${millrace.url} test us-east-1 --endpoint-url=${millrace.url} s3 ls --help\n`,
    });
    const west = cli.with({ ...path, AWS_REGION: "us-west-2" });
    expect(await west.run("terraform", "plan", "-json")).toMatchObject({
      exitCode: 7,
      stdout: `${millrace.url} test us-west-2 plan -json\n`,
    });
    expect((await west.run("terraform", "--", "die")).exitCode).toBe(143);
    expect(await cli.with({ PATH: folder }).run("terraform", "--", "plan")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("is not installed here"),
    });
  });
});

describe("looking", () => {
  it("shows requests that came, in lines and as JSON, and those that come", async () => {
    await client.send(new CreateStreamCommand({ StreamName: "looked-at", ShardCount: 1 }));
    const lines = await cli.print("requests", "--no-follow", "--resource", "looked-at");
    expect(lines).toMatch(
      /^ {2}\d\d:\d\d:\d\d {2}200 {2}kinesis CreateStream {2}stream\/looked-at {2}[\d.]+ ms\n$/,
    );
    const [json = ""] = (
      await cli.print("requests", "--no-follow", "--json", "--resource", "looked-at")
    ).split("\n");
    expect(JSON.parse(json)).toMatchObject({ operation: "CreateStream", status: 200, decision: "trust" });
    const following = spawn(
      sourceCommand[0],
      [...sourceCommand.slice(1), "requests", "--operation", "ListStreams"],
      {
        env: { ...process.env, ...cleanEnvironment(folder), MILLRACE_URL: millrace.url },
      },
    );
    try {
      const line = once(following.stdout, "data");
      const calls = setInterval(() => void streams(), 100);
      try {
        expect(String((await line)[0])).toMatch(/200 {2}kinesis ListStreams/);
      } finally {
        clearInterval(calls);
      }
      following.kill("SIGINT");
      const [code] = (await once(following, "close")) as [number | null];
      expect(code).toBe(0);
    } finally {
      following.kill("SIGKILL");
    }
  });

  it("shows the log, and calls for what is not there", async () => {
    await fetch(`${millrace.url}/lake?replication`);
    expect(await cli.print("requests", "--unsupported")).toMatch(/^s3 GetBucketReplication +1 /m);
    const talkative = await MillraceProcess.start({ flags: { "log-level": "info" } });
    try {
      const own = kinesisClient(talkative.url);
      await own.send(new ListStreamsCommand({}));
      own.destroy();
      const log = await cli.print("logs", "--url", talkative.url, "--since", "5m", "--text", "ListStreams");
      expect(log).toMatch(/^\d\d:\d\d:\d\d\.\d{3} info {2}request .*operation=ListStreams/m);
      expect(await cli.print("logs", "--url", talkative.url, "--level", "error")).toBe("");
    } finally {
      await talkative.dispose();
    }
  });

  it("shows every setting and where it comes from, without secrets", async () => {
    await writeFile(
      join(folder, "millrace.config.ts"),
      "const port: number = 0;\nexport default { port };\n",
    );
    const masterKey = Buffer.alloc(32, 7).toString("base64");
    const printed = await cli
      .with({ MILLRACE_MASTER_KEY: masterKey })
      .print("config", "--account", "123456789012");
    expect(printed).toMatch(/^port +0 +port in millrace\.config\.ts$/m);
    expect(printed).toMatch(/^account +123456789012 +--account$/m);
    expect(printed).toMatch(/^masterKey +\*+ +MILLRACE_MASTER_KEY$/m);
    expect(printed).toMatch(/^host +127\.0\.0\.1 +default$/m);
    expect(printed).not.toContain(masterKey);
    const json = JSON.parse(await cli.print("config", "--json")) as { readonly settings: object };
    expect(json.settings).toMatchObject({ port: { value: "0", from: "port in millrace.config.ts" } });
  });

  it("finds what is wrong, and says how to mend it", async () => {
    const taken: Server = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? `${address.port}` : "";
    try {
      await mkdir(join(folder, "open"), { mode: 0o755 });
      const sick = cli.with({
        MILLRACE_PORT: port,
        AWS_PROFILE: "nobody",
        AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      });
      const { exitCode, stdout } = await sick.run("doctor", "--data", "open");
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(new RegExp(`✗ Port of the AWS APIs +${port} is taken by .*pid ${process.pid}`));
      expect(stdout).toMatch(/→ Stop it, or take another port with --port/);
      expect(stdout).toMatch(/! Permissions .*\n.*→ chmod 700/);
      expect(stdout).toMatch(/! AWS_PROFILE .*\n.*→ unset AWS_PROFILE/);
      expect(stdout).toMatch(/! AWS_ENDPOINT_URL .*no Millrace answers/);
    } finally {
      taken.close();
    }
    const well = await cli.with({ MILLRACE_PORT: "0", MILLRACE_REDSHIFT_PORT: "0" }).run("doctor", "--json");
    const findings = well.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { readonly level: string });
    expect({
      exitCode: well.exitCode,
      problems: findings.filter(({ level }) => level === "problem"),
    }).toEqual({
      exitCode: 0,
      problems: [],
    });
    const wrong = await cli.with({ MILLRACE_PORT: "many" }).run("doctor");
    expect(wrong.stdout).toMatch(/✗ Configuration +MILLRACE_PORT "many" must be/);
    expect(wrong.exitCode).toBe(1);
  });

  it("completes commands and flags in bash", async () => {
    await writeFile(join(folder, "completion"), await cli.print("completion", "bash"));
    const script =
      "source completion; COMP_WORDS=(millrace env --sh); COMP_CWORD=2; _millrace; echo $COMPREPLY";
    const child = spawn("bash", ["-c", script], { cwd: folder });
    const [printed] = (await once(child.stdout, "data")) as [Buffer];
    expect(printed.toString()).toBe("--shell\n");
  });
});
