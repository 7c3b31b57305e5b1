import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyVariables, MillraceProcess, sourceCommand } from "../fixtures/millrace-process.ts";
import { type CommandResult, mustRun, runCommand } from "../fixtures/run-command.ts";
import { TerminalProgram } from "../fixtures/terminal-program.ts";

let millrace: MillraceProcess;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-cli-seed-"));
  millrace = await MillraceProcess.start();
});

afterAll(async () => {
  await millrace?.dispose();
  await rm(folder, { recursive: true, force: true });
});

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

function run(...args: readonly string[]): Promise<CommandResult> {
  const [program, ...before] = sourceCommand;
  return runCommand([program, ...before, ...args, "--url", millrace.url]);
}

const document = {
  buckets: {
    shop: { objects: { "note.txt": "Hello", "conf.json": { a: 1 }, "raw/orders.jsonl": "@orders.jsonl" } },
  },
  streams: {
    orders: { shards: 2, key: ".user", records: "@orders.jsonl" },
    events: { records: [{ n: 1 }, "two"] },
  },
  dynamodbTables: { users: { partitionKey: "id", items: [{ id: "ann", age: 3, tags: ["x"] }] } },
  glueDatabases: {
    web: {
      tables: {
        orders: { columns: { user: "string", n: "int" }, location: "s3://shop/raw/", format: "json" },
      },
    },
  },
  deliveryStreams: {
    "orders-to-shop": { bucket: "shop", source: "orders", prefix: "out/", bufferSeconds: 1 },
  },
  calls: [{ service: "iam", operation: "CreateUser", input: { UserName: "ann" } }],
  sql: [
    "create external schema if not exists web from data catalog database 'web' iam_role default",
    "@tables.sql",
  ],
};

describe("millrace seed", () => {
  it("makes what a document says, and a second time leaves it as it is", async () => {
    await file("orders.jsonl", '{"user":"ann","n":1}\n{"user":"bob","n":2}\n');
    await file(
      "tables.sql",
      'create table if not exists totals (user_name varchar(9), n int); delete from totals; insert into totals select "user", n from web.orders;',
    );
    const path = await file("seed.json", JSON.stringify(document));
    const first = await run("seed", path);
    expect(first).toMatchObject({ exitCode: 0, stderr: "" });
    expect(first.stdout).toMatch(/✓ stream orders +created\n/);
    expect(first.stdout).toMatch(/✓ stream orders +2 records put\n/);
    const second = await run("seed", path);
    expect(second).toMatchObject({ exitCode: 0, stderr: "" });
    expect(second.stdout).not.toContain("created");
    expect(second.stdout).toMatch(/✓ iam CreateUser +is there\n/);
    for (const stream of ["orders", "events"]) {
      const { stdout } = await run("tail", stream, "--from", "trim-horizon", "--until-now");
      expect(stdout.trim().split("\n")).toHaveLength(2);
    }
    expect((await run("sql", "--csv", "select * from totals order by 2")).stdout).toBe(
      "user_name,n\nann,1\nbob,2\n",
    );
  });

  it("runs modules, SQL and shell scripts in their order", async () => {
    const module = await file(
      "seed.ts",
      `interface Row { readonly count: string }
       export default async ({ url, env, awsConfig, sql, call, log }): Promise<void> => {
         const rows: readonly Row[] = await sql("select count(*) from totals where n > $1", [1]);
         const { StreamNames } = await call("kinesis", "ListStreams", {});
         log(JSON.stringify([rows, StreamNames, awsConfig().endpoint === url, env.AWS_ENDPOINT_URL === url]));
       };`,
    );
    const script = await file("seed.sh", 'echo "$AWS_ENDPOINT_URL $AWS_REGION $(basename "$PWD")"\n');
    await chmod(script, 0o755);
    const sql = await file("more.sql", "create table more (a int);\ninsert into more values (1)\n");
    const { exitCode, stdout } = await run("seed", module, script, `${sql}:millrace`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('[[{"count":"1"}],["events","orders"],true,true]');
    expect(stdout).toContain(`${millrace.url} us-east-1 ${folder.split("/").at(-1)}`);
    expect(stdout).toMatch(/✓ cluster millrace +2 statements run/);
  });

  it("shows on a terminal how far it is", async () => {
    const lines = Array.from({ length: 2_000 }, (_, n) => JSON.stringify({ n }));
    await file("lines.jsonl", `${lines.join("\n")}\n`);
    const items = Array.from({ length: 100 }, (_, n) => ({ id: `item-${n}` }));
    const streams = { "from-file": { records: "@lines.jsonl" } };
    const path = await file(
      "long.json",
      JSON.stringify({ streams, dynamodbTables: { long: { partitionKey: "id", items } } }),
    );
    using terminal = await TerminalProgram.start([...sourceCommand, "seed", path, "--url", millrace.url], {
      cwd: folder,
    });
    await terminal.shows(/stream from-file {2}[█░]{24}/);
    await terminal.shows(/✓ stream from-file +2,000 records put/);
    await terminal.shows(/table long {2}[█░]{24}/);
    await terminal.shows(/✓ table long +100 items put/);
    expect(await terminal.ended()).toBe(0);
  });

  it("changes nothing when a file is wrong, and names what is wrong", async () => {
    const good = await file("good.json", '{"streams":{"never":{"shards":1}}}');
    const wrong: readonly (readonly [name: string, text: string, exitCode: number, message: string])[] = [
      [
        "a.json",
        '{"streams":{"x":{"shard":1}}}',
        2,
        "a.json: streams.x.shard is unknown. Did you mean shards?",
      ],
      ["b.json", "{", 2, "b.json is no JSON"],
      ["c.json", '[{"service":"sns","operation":"Publish"}]', 2, "[0].service must be one of"],
      ["d.yaml", "", 2, "is none of .json, .ts"],
    ];
    for (const [name, text, exitCode, message] of wrong) {
      const result = await run("seed", good, await file(name, text));
      expect(result).toMatchObject({ exitCode, stdout: "", stderr: expect.stringContaining(message) });
    }
    expect((await run("tail", "never")).exitCode).toBe(1);
  });

  it("stops at what fails, and says where", async () => {
    const failing: readonly (readonly [name: string, text: string, message: string])[] = [
      [
        "call.json",
        '[{"service":"iam","operation":"GetUser","input":{"UserName":"no"}}]',
        "[0]: GetUser answered NoSuchEntity",
      ],
      ["fail.sql", "select 1;\nselect nope;", 'Statement 2 failed.\nERROR:  column "nope" does not exist'],
      ["fail.mjs", 'export default () => { throw new Error("not today") }', "not today"],
      ["none.mjs", "export const seed = 1", "has no function as its default export"],
      ["fail.sh", "exit 3", "ended with 3"],
    ];
    for (const [name, text, message] of failing) {
      const result = await run(
        "seed",
        await file(name, text),
        await file("after.sql", "create table after_it (a int)"),
      );
      expect(result.exitCode).not.toBe(0);
      expect(result.stderr).toContain(message);
    }
    expect((await run("sql", "select * from after_it")).exitCode).toBe(1);
  });

  it("works with the root's keys where signatures are verified", async () => {
    const verifying = await MillraceProcess.start({ flags: { auth: "verify" } });
    try {
      const environment = keyVariables(verifying.root);
      const { sql: _, ...withoutSql } = document;
      const path = await file("verified.json", JSON.stringify(withoutSql));
      const at = ["--url", verifying.url] as const;
      await mustRun([...sourceCommand, "seed", path, ...at], { environment });
      await mustRun([...sourceCommand, "put", "orders", '{"user":"eve","n":3}', ...at], { environment });
      const tail = ["tail", "orders", "--from", "trim-horizon", "--until-now", "--json", ...at] as const;
      expect((await mustRun([...sourceCommand, ...tail], { environment })).trim().split("\n")).toHaveLength(
        3,
      );
      await mustRun([...sourceCommand, "put", "s3://shop/x", "y", ...at], { environment });
      const stranger = await runCommand([...sourceCommand, ...tail], {
        environment: { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
      });
      expect(stranger).toMatchObject({
        exitCode: 1,
        stdout: "",
        stderr: expect.stringMatching(/security token|Unrecognized/),
      });
    } finally {
      await verifying.dispose();
    }
  });
});
