import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { MillraceProcess, sourceCommand } from "../fixtures/millrace-process.ts";
import { type CommandResult, runCommand } from "../fixtures/run-command.ts";

let millrace: MillraceProcess;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-cli-sql-"));
  millrace = await MillraceProcess.start();
  await sql(
    "create table cities (name varchar(20), people bigint, area float8); insert into cities values ('Oslo', 700000, 454.0), ('Rome', 2800000, 1285.5), ('Nowhere', null, null)",
  );
});

afterAll(async () => {
  await millrace?.dispose();
  await rm(folder, { recursive: true, force: true });
});

function sql(...args: readonly string[]): Promise<CommandResult> {
  const [program, ...before] = sourceCommand;
  return runCommand([program, ...before, "sql", ...args, "--url", millrace.url]);
}

/** A shell on a pseudo terminal; Python's standard library has one. */
class TerminalShell {
  readonly #child;
  #text = "";

  constructor(...args: readonly string[]) {
    const program = JSON.stringify([...sourceCommand, "sql", ...args, "--url", millrace.url]);
    this.#child = spawn("python3", ["-c", terminalProgram, program], {
      env: { ...process.env, XDG_STATE_HOME: folder, NO_COLOR: "1", TERM: "xterm" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.#text += text;
    });
  }

  /** What has been shown, without the escapes that move the cursor. */
  get text(): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken away.
    return this.#text.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, "").replaceAll("\r", "");
  }

  async until(shown: string | RegExp): Promise<void> {
    await vi
      .waitUntil(() => this.text.search(shown) >= 0, { timeout: 60_000, interval: 20 })
      .catch(() => {
        throw new Error(`${shown} was not shown:\n${this.text}`);
      });
    this.#text = "";
  }

  type(text: string): void {
    this.#child.stdin.write(text);
  }

  async end(): Promise<number | null> {
    const [exitCode] = (await once(this.#child, "close")) as [number | null];
    return exitCode;
  }
}

const terminalProgram = `
import json, os, pty, sys, fcntl, struct, termios, select
pid, fd = pty.fork()
if pid == 0:
    command = json.loads(sys.argv[1])
    os.execvp(command[0], command)
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 60, 0, 0))
watched = [fd, 0]
while True:
    ready, _, _ = select.select(watched, [], [])
    if 0 in ready:
        typed = os.read(0, 4096)
        if typed: os.write(fd, typed)
        else: watched.remove(0)
    if fd in ready:
        try: shown = os.read(fd, 65536)
        except OSError: break
        if not shown: break
        os.write(1, shown)
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status))
`;

describe("millrace sql", () => {
  it("prints tables, CSV and JSON", async () => {
    const query = "select * from cities order by people desc nulls last";
    expect(await sql(query)).toEqual({
      exitCode: 0,
      stderr: "",
      stdout: [
        "name      people    area",
        "───────  ───────  ──────",
        "Rome     2800000  1285.5",
        "Oslo      700000     454",
        "Nowhere     null    null",
        "",
      ].join("\n"),
    });
    expect((await sql("--csv", "-c", query)).stdout).toBe(
      "name,people,area\nRome,2800000,1285.5\nOslo,700000,454\nNowhere,,\n",
    );
    expect((await sql("--json", query)).stdout).toBe(
      '{"name":"Rome","people":2800000,"area":1285.5}\n{"name":"Oslo","people":700000,"area":454}\n{"name":"Nowhere","people":null,"area":null}\n',
    );
    expect((await sql("--expanded", "select 1 as one, 'x' as two")).stdout).toBe(
      "── row 1 ──\none  1\ntwo  x\n",
    );
  });

  it("runs files and standard input, up to the first statement that fails", async () => {
    const path = join(folder, "script.sql");
    await writeFile(
      path,
      "-- a comment; with a semicolon\nselect 'a;b' as t;\n\\timing\nselect nope\nfrom cities;\nselect 3;\n",
    );
    const failed = await sql("--csv", "-f", path);
    expect(failed).toMatchObject({ exitCode: 1, stdout: "t\na;b\nTiming is on.\n" });
    expect(failed.stderr).toBe(
      'ERROR:  column "nope" does not exist in cities\nLINE 1: select nope\n               ^\nmillrace: A statement failed. What follows it was not run.\n',
    );
    const [program, ...before] = sourceCommand;
    const child = spawn(program, [...before, "sql", "--csv", "--url", millrace.url], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stdin.end("select 1 as a;select\n2 as b");
    expect(await once(child, "close")).toEqual([0, null]);
    expect(stdout).toBe("a\n1\nb\n2\n");
  });

  it("streams results that are larger than what it keeps", async () => {
    const generated =
      "with d as (select 0 as n union all select 1 union all select 2 union all select 3 union all select 4 union all select 5 union all select 6 union all select 7 union all select 8 union all select 9)";
    const { exitCode, stdout } = await sql(
      "--csv",
      `${generated} select a.n + b.n * 10 + c.n * 100 + d.n * 1000 + e.n * 10000 as n from d a, d b, d c, d, d e order by 1`,
    );
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`n\n${Array.from({ length: 100_000 }, (_, n) => `${n}\n`).join("")}`);
  });

  it("says what is wrong before it asks anything", async () => {
    const wrong: readonly (readonly [args: readonly string[], exitCode: number, text: string])[] = [
      [["--csv", "--json", "select 1"], 2, "exclude each other"],
      [["select 1", "-c", "select 2"], 2, "only one of them"],
      [["-f", "/no/such.sql"], 2, "/no/such.sql cannot be read"],
      [["--cluster", "nothing", "select 1"], 2, "There is no cluster nothing. There is: millrace."],
      [["--database", "nothing", "select 1"], 1, "takes no connection"],
    ];
    for (const [args, exitCode, text] of wrong)
      expect(await sql(...args)).toMatchObject({
        exitCode,
        stdout: "",
        stderr: expect.stringContaining(text),
      });
  });

  it("ends a statement that runs when it is interrupted", async () => {
    const [program, ...before] = sourceCommand;
    const endless =
      "select count(*) from svv_all_columns a, svv_all_columns b, svv_all_columns c, svv_all_columns d";
    const child = spawn(program, [...before, "sql", "--url", millrace.url, `select 'running'; ${endless}`], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const closed = once(child, "close");
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    await once(child.stdout, "data");
    child.kill("SIGINT");
    expect(await closed).toEqual([130, null]);
    expect(stderr).toContain("cancelled");
  });

  it("is a shell on a terminal: several lines, backslash commands, history, Ctrl-C and Ctrl-D", async () => {
    const shell = new TerminalShell();
    await shell.until("dev=# ");
    shell.type("select name,\r");
    await shell.until("dev-# ");
    shell.type("people from cities order by 2;\r");
    await shell.until(/Oslo +700000\n.*\(3 rows\) {2}[\d.]+ m?s\ndev=# /s);
    shell.type("\\d cities\r");
    await shell.until(/people +bigint/);
    shell.type("select 'half\r");
    await shell.until("dev'# ");
    shell.type("\u0003");
    await shell.until(/\^C\ndev=# /);
    shell.type("select nope from cities;\r");
    await shell.until(/column "nope" does not exist.*dev=# /s);
    shell.type(
      "select count(*) from svv_all_columns a, svv_all_columns b, svv_all_columns c, svv_all_columns d;\r",
    );
    await shell.until("svv_all_columns d;\n");
    shell.type("\u0003");
    await shell.until(/cancelled.*dev=# /s);
    shell.type("\\x\r");
    await shell.until("is on.");
    shell.type("\u001b[A\u001b[A\u001b[A\u001b[A\u001b[A");
    await shell.until("select name, people from cities order by 2;");
    shell.type("\r");
    await shell.until(/── row 3 ──.*dev=# /s);
    shell.type("\u0004");
    expect(await shell.end()).toBe(0);
    const history = await readFile(join(folder, "millrace/sql_history"), "utf8");
    expect(history).toMatch(/^select name, people from cities order by 2;\n\\d cities\n/);
  });

  it("fits a narrow terminal", async () => {
    const shell = new TerminalShell();
    await shell.until("dev=# ");
    shell.type(`select '${"wide ".repeat(30)}' as a, 1 as b;\r`);
    await shell.until(/\n(wide )+w?i?d?…? +1\n\(1 row\)/);
    shell.type("select * from svv_table_info;\r");
    await shell.until(/── row 1 ──\ndatabase +dev\n/);
    shell.type("\\q\r");
    expect(await shell.end()).toBe(0);
  });
});
