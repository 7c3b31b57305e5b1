import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { type CommandResult, runCommand } from "../../fixtures/run-command.ts";
import { requirePrograms } from "../../fixtures/system-packages.ts";

let millrace: MillraceProcess;
beforeAll(async () => {
  await requirePrograms([["psql", "--version"]], ["postgresql-client"]);
  millrace = await MillraceProcess.start();
});
afterAll(() => millrace.dispose());

/** Runs psql with one command after another, in one session. */
function psql(sslMode: string, ...commands: readonly string[]): Promise<CommandResult> {
  const where = `host=127.0.0.1 port=${millrace.sqlPort} user=awsuser dbname=dev sslmode=${sslMode}`;
  return runCommand(["psql", "-X", "-At", where, ...commands.flatMap((command) => ["-c", command])]);
}

describe.each(["disable", "require"])("psql with sslmode=%s", (sslMode) => {
  it("asks for no password, and shows rows", async () => {
    const { stdout, stderr } = await psql(
      sslMode,
      "select 1 as a, 'häß' as b, cast(1.5 as decimal(10,2)), date '2024-02-29', null",
      "select 2; select 3",
    );
    expect({ stdout, stderr }).toEqual({ stdout: "1|häß|1.50|2024-02-29|\n2\n3\n", stderr: "" });
  });

  it("tells whether its connection is encrypted", async () => {
    const { stdout } = await psql(sslMode, "\\conninfo");
    expect(stdout.includes("SSL connection")).toBe(sslMode === "require");
  });
});

describe("psql", () => {
  it("points at what is wrong, and goes on", async () => {
    const { stdout, stderr } = await psql("disable", "select 'ä', 1 +", "select 'ä', nothing", "select 7");
    expect(stdout).toBe("7\n");
    expect(stderr).toContain("syntax error at end of input");
    const pointer = /LINE 1: select 'ä', nothing\n( *)\^/.exec(stderr);
    expect(pointer?.[1]).toHaveLength("LINE 1: select 'ä', ".length);
  });

  it("sees transactions fail and end", async () => {
    const { stdout, stderr } = await psql(
      "disable",
      "begin",
      "select 1/0",
      "select 1",
      "rollback",
      "select 2",
    );
    expect(stdout).toBe("BEGIN\nROLLBACK\n2\n");
    expect(stderr).toContain("current transaction is aborted");
  });

  it("is told which database does not exist", async () => {
    const where = `host=127.0.0.1 port=${millrace.sqlPort} user=awsuser dbname=nowhere`;
    const { exitCode, stderr } = await runCommand(["psql", "-X", where, "-c", "select 1"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('FATAL:  database "nowhere" does not exist');
  });
});
