import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { IAMClient, ListUsersCommand } from "@aws-sdk/client-iam";
import { KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import { createMillrace } from "../../index.ts";
import { InitScripts } from "./init-scripts.ts";
import { runScript } from "./run-script.ts";
import { scriptEnvironment } from "./script-environment.ts";
import { scriptsOf } from "./stage.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "millrace-init-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function write(name: string, text: string, mode: number = 0o755): string {
  const path = join(directory, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
  return path;
}

const said = (): string => readFileSync(join(directory, "said"), "utf8");
const say = (text: string): string => `#!/bin/sh\necho "${text}" >> "${join(directory, "said")}"\n`;

interface Line {
  readonly level: "info" | "error";
  readonly fields: object;
  readonly message: string;
}

function scriptsThere(lines: Line[] = []): InitScripts {
  const at = (level: Line["level"]) => (fields: object, message: string) => {
    lines.push({ level, fields, message });
  };
  const log: Logger = {
    debug: at("info"),
    info: at("info"),
    warn: at("info"),
    error: at("error"),
    child: () => log,
  };
  const keys = { accessKeyId: "test", secretKey: "test" };
  return new InitScripts({
    ...{ directory, log, clock: systemClock },
    environment: () => scriptEnvironment("http://127.0.0.1:4567", keys, join(directory, "scratch")),
  });
}

describe("InitScripts", () => {
  it("runs the scripts of a stage in the order of their names, folders after files", async () => {
    for (const name of ["ready.d/b.sh", "ready.d/a.sh", "ready.d/0/z.sh", "start.d/x.sh"])
      write(name, say(name));
    write("ready.d/notes.txt", "not a script");
    const scripts = scriptsThere();
    await scripts.run("READY");
    expect(said()).toBe("ready.d/a.sh\nready.d/b.sh\nready.d/0/z.sh\n");
    expect(scripts.isCompleted("READY")).toBe(true);
    expect(scripts.isCompleted("START")).toBe(false);
    expect(scripts.scripts("READY").map(({ name, state }) => [name, state])).toEqual([
      ["a.sh", "SUCCESSFUL"],
      ["b.sh", "SUCCESSFUL"],
      ["z.sh", "SUCCESSFUL"],
    ]);
    expect(scripts.scripts("START")).toMatchObject([{ name: "x.sh", state: "UNKNOWN" }]);
  });

  it("logs what fails and goes on", async () => {
    write("ready.d/1.sh", "#!/bin/sh\necho out; echo wrong >&2; exit 3\n");
    write("ready.d/2.sh", "#!/no/such/shell\n");
    write("ready.d/3.py", "raise SystemExit(4)\n", 0o644);
    write("ready.d/4.sh", say("last"), 0o644);
    const lines: Line[] = [];
    const scripts = scriptsThere(lines);
    await scripts.run("READY");
    expect(scripts.scripts("READY").map(({ state }) => state)).toEqual([
      "ERROR",
      "ERROR",
      "ERROR",
      "SUCCESSFUL",
    ]);
    expect(lines.map(({ level }) => level)).toEqual(["error", "error", "error", "info"]);
    expect(lines[0]).toMatchObject({ fields: { exitCode: 3, output: expect.stringContaining("wrong") } });
    expect(said()).toBe("last\n");
  });

  it("tells scripts where Millrace is and who they are, and nothing of who started it", async () => {
    const names = [
      "AWS_ENDPOINT_URL",
      "AWS_ACCESS_KEY_ID",
      "AWS_PROFILE",
      "EDGE_PORT",
      "LOCALSTACK_HOSTNAME",
    ];
    write("boot.d/env.sh", say(names.map((name) => `$${name}`).join(" ")));
    const before = process.env["AWS_PROFILE"];
    process.env["AWS_PROFILE"] = "production";
    try {
      await scriptsThere().run("BOOT");
    } finally {
      if (before === undefined) delete process.env["AWS_PROFILE"];
      else process.env["AWS_PROFILE"] = before;
    }
    expect(said()).toBe("http://127.0.0.1:4567 test  4567 127.0.0.1\n");
  });

  it("ends what takes too long, and does not wait for what goes on in the background", async () => {
    const keys = { environment: {}, clock: systemClock };
    const endless = write("endless.sh", "#!/bin/sh\necho begun\nsleep 600\n");
    const { exitCode, output } = await runScript(endless, { ...keys, maxMs: 300 });
    expect([exitCode, output]).toEqual([undefined, expect.stringContaining("ended after 0.3 s")]);
    const leaving = write("leaving.sh", '#!/bin/sh\nsleep 600 &\necho "$!"\n');
    const left = await runScript(leaving, { ...keys, maxMs: 600_000 });
    expect(left.exitCode).toBe(0);
    process.kill(Number(left.output));
  });

  it("keeps no more than the end of what a script says", async () => {
    const loud = write("loud.sh", "#!/bin/sh\nhead -c 300000 /dev/zero | tr '\\0' x\necho the end\n");
    const { output } = await runScript(loud, { environment: {}, clock: systemClock, maxMs: 60_000 });
    expect(output.length).toBeLessThanOrEqual(4_096);
  });

  it("finds nothing where there is nothing, or a file", () => {
    write("start.d", "a file");
    expect(scriptsOf(directory, "START")).toEqual([]);
    expect(scriptsOf(join(directory, "none"), "READY")).toEqual([]);
  });
});

const node = JSON.stringify(process.execPath);
/** A call of Kinesis or IAM by the SDK, as a script would make one. */
function call(service: string, command: string, input: object): string {
  const code = `import("@aws-sdk/client-${service.toLowerCase()}").then((sdk) =>
    new sdk.${service}Client({}).send(new sdk.${command}Command(${JSON.stringify(input)})))`;
  return `#!/bin/sh\ncd ${JSON.stringify(import.meta.dirname)}\nexec ${node} -e '${code}'\n`;
}

interface InitAnswer {
  readonly completed: Record<string, boolean>;
  readonly scripts: readonly { stage: string; name: string; state: string }[];
}

describe("a Millrace with init scripts", () => {
  it("is filled when it is there, and says how it went as LocalStack does", async () => {
    write("ready.d/stream.sh", call("Kinesis", "CreateStream", { StreamName: "made", ShardCount: 1 }));
    write("ready.d/wrong.sh", "#!/bin/sh\nexit 1\n");
    write("shutdown.d/end.sh", say("the end"));
    const millrace = await createMillrace({ durability: "memory", init: directory, logLevel: "silent" });
    try {
      const kinesis = new KinesisClient(millrace.awsConfig());
      expect((await kinesis.send(new ListStreamsCommand())).StreamNames).toEqual(["made"]);
      const all = (await (await fetch(`${millrace.url}/_localstack/init`)).json()) as InitAnswer;
      expect(all).toEqual({
        completed: { BOOT: true, START: true, READY: true, SHUTDOWN: false },
        scripts: [
          { stage: "READY", name: "stream.sh", state: "SUCCESSFUL" },
          { stage: "READY", name: "wrong.sh", state: "ERROR" },
          { stage: "SHUTDOWN", name: "end.sh", state: "UNKNOWN" },
        ],
      });
      // A health check of a published docker-compose file looks for this text.
      expect(await (await fetch(`${millrace.url}/_localstack/init/ready`)).text()).toContain(
        '"completed": true,',
      );
      expect((await fetch(`${millrace.url}/_localstack/init/nothing`)).status).toBe(404);
    } finally {
      await millrace.close();
    }
    expect(said()).toBe("the end\n");
  });

  it("gives scripts keys that are good where signatures are checked", async () => {
    write("ready.d/user.sh", call("IAM", "CreateUser", { UserName: "made" }));
    const millrace = await createMillrace({ durability: "memory", auth: "verify", init: directory });
    try {
      const iam = new IAMClient(millrace.awsConfig());
      expect((await iam.send(new ListUsersCommand())).Users).toMatchObject([{ UserName: "made" }]);
    } finally {
      await millrace.close();
    }
  });
});
