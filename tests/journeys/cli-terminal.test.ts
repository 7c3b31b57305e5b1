import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateStreamCommand, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cleanEnvironment } from "../fixtures/command-line.ts";
import { kinesisClient } from "../fixtures/kinesis-client.ts";
import { MillraceProcess, sourceCommand } from "../fixtures/millrace-process.ts";
import { TerminalProgram } from "../fixtures/terminal-program.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-terminal-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const flags = ["--port", "0", "--redshift-port", "0"] as const;
const escapeCode = "\u001b";

function start(
  options: { columns?: number; environment?: Record<string, string> } = {},
  ...more: string[]
): Promise<TerminalProgram> {
  const environment = { ...cleanEnvironment(folder), ...options.environment };
  return TerminalProgram.start([...sourceCommand, "start", ...flags, ...more], {
    cwd: folder,
    ...options,
    environment,
  });
}

async function urlOf(terminal: TerminalProgram): Promise<string> {
  return (await terminal.shows(/AWS APIs +(http:\S+)/))[1] ?? "";
}

describe("start on a terminal", () => {
  it("shows where everything is, takes keys, and leaves the terminal as it was", async () => {
    using terminal = await start();
    const url = await urlOf(terminal);
    await terminal.shows(/x exit/);
    expect(terminal.raw).toContain(escapeCode);
    expect(terminal.text).toMatch(/Millrace \d+\.\d+\.\d+ {2}ready in \d+\.\d s/);
    expect(terminal.text).toContain(`Console    ${url}/_millrace/console/`);
    expect(terminal.text).toMatch(/Redshift {3}127\.0\.0\.1:\d+/);
    const client = kinesisClient(url);
    try {
      terminal.send("q");
      await terminal.shows(/_millrace\/console\/query/);
      terminal.send("v");
      await terminal.shows(/shown as they come/);
      await client.send(new CreateStreamCommand({ StreamName: "seen", ShardCount: 1 }));
      await terminal.shows(/200 {2}kinesis CreateStream {2}stream\/seen {2}[\d.]+ ms/);
      terminal.send("v");
      await terminal.shows(/no longer shown/);

      terminal.send("s");
      await terminal.shows(/✓ [\d.]+ KiB in \S+\.tar\.zst/);
      expect((await readdir(folder)).filter((name) => name.endsWith(".tar.zst"))).toHaveLength(1);

      terminal.send("r");
      await terminal.shows(/Remove everything in \S+\?/);
      terminal.send("n");
      await terminal.shows(/Nothing was removed/);
      expect((await client.send(new ListStreamsCommand({}))).StreamNames).toEqual(["seen"]);
      terminal.send("ry");
      await terminal.shows(/All services are empty/);
      expect((await client.send(new ListStreamsCommand({}))).StreamNames).toEqual([]);

      terminal.send(`${escapeCode}[A`);
      terminal.send("h");
      await terminal.shows(/o open console/);
      terminal.send("x");
      expect(await terminal.ended()).toBe(0);
    } finally {
      client.destroy();
    }
    expect(terminal.mode).toBe("cooked");
    expect(await readdir(join(folder, ".millrace"))).not.toContain("run.json");
  });

  it("ends with Ctrl-C, and by a signal", async () => {
    {
      using terminal = await start();
      await terminal.shows(/x exit/);
      terminal.send("\u0003");
      expect(await terminal.ended()).toBe(0);
      expect(terminal.mode).toBe("cooked");
    }
    using terminal = await start();
    await terminal.shows(/x exit/);
    const { pid } = JSON.parse(await readFile(join(folder, ".millrace/run.json"), "utf8")) as {
      readonly pid: number;
    };
    process.kill(pid, "SIGTERM");
    expect(await terminal.ended()).toBe(0);
    expect(terminal.mode).toBe("cooked");
  });

  it("fits a narrow window, and does without colors where nobody wants them", async () => {
    using terminal = await start({ columns: 40, environment: { NO_COLOR: "1" } }, "--console", "off");
    await terminal.shows(/x exit/);
    expect(terminal.raw).not.toContain(escapeCode);
    expect(terminal.text).not.toMatch(/Console|open console/);
    const keys = terminal.text.split("\n").filter((line) => /^ {2}[rsvhx] /.test(line));
    expect(keys.length).toBeGreaterThan(1);
    expect(Math.max(...keys.map((line) => line.length))).toBeLessThanOrEqual(40);
    terminal.send("x");
    expect(await terminal.ended()).toBe(0);
  });

  it("shows the log in lines that a person reads", async () => {
    using terminal = await start({ environment: { NO_COLOR: "1" } }, "--log-level", "info");
    const client = kinesisClient(await urlOf(terminal));
    try {
      await client.send(new ListStreamsCommand({}));
      await terminal.shows(/\d\d:\d\d:\d\d\.\d{3} info {2}request .*operation=ListStreams/);
      expect(terminal.text).not.toContain('{"level"');
    } finally {
      client.destroy();
    }
  });

  it("leaves the terminal as it was when it cannot start", async () => {
    const other = await MillraceProcess.start();
    try {
      using terminal = await start({}, "--port", `${other.port}`);
      expect(await terminal.ended()).toBe(2);
      expect(terminal.text).toMatch(/millrace: cannot listen .*EADDRINUSE.*millrace doctor/s);
      expect(terminal.mode).toBe("cooked");
    } finally {
      await other.dispose();
    }
  });

  it("asks before it removes anything", async () => {
    const millrace = await MillraceProcess.start();
    try {
      const reset = [...sourceCommand, "reset", "--url", millrace.url];
      const options = { cwd: folder, environment: cleanEnvironment(folder) };
      using kept = await TerminalProgram.start(reset, options);
      await kept.shows(/Remove everything from \S+\? \[y\/N\]/);
      kept.send("n\n");
      await kept.shows(/Nothing was removed/);
      using removed = await TerminalProgram.start(reset, options);
      await removed.shows(/\[y\/N\]/);
      removed.send("y\n");
      await removed.shows(/All services are empty/);
      using interrupted = await TerminalProgram.start(reset, options);
      await interrupted.shows(/\[y\/N\]/);
      interrupted.send("\u0003");
      expect(await interrupted.ended()).toBe(130);
      expect(interrupted.mode).toBe("cooked");
    } finally {
      await millrace.dispose();
    }
  });
});
