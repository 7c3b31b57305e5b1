import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyVariables, MillraceProcess, sourceCommand } from "../fixtures/millrace-process.ts";
import { mustRun, runCommand } from "../fixtures/run-command.ts";

interface DemoResult {
  readonly flights: number;
  readonly steps: readonly { readonly name: string; readonly text: string; readonly ms: number }[];
  readonly findings: readonly { readonly what: string; readonly answer: string }[];
  readonly checks: readonly { readonly what: string; readonly expected: number; readonly found: number }[];
}

const flights = 60_000;
const entry = createRequire(import.meta.url).resolve("vega-datasets");
const file = join(dirname(entry), "../data/flights-3m.parquet");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-demo-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The same flights, asked without Millrace. */
async function truth(query: string): Promise<readonly unknown[]> {
  const database = await (await DuckDBInstance.create(":memory:")).connect();
  try {
    const flightsOfDemo = `(SELECT * FROM read_parquet('${file}') LIMIT ${flights})`;
    const reader = await database.runAndReadAll(query.replace("flights", flightsOfDemo));
    return reader.getRows()[0] ?? [];
  } finally {
    database.closeSync();
  }
}

function demo(...args: readonly string[]): readonly [string, ...string[]] {
  return [...sourceCommand, "demo", "--flights", `${flights}`, ...args];
}

describe("millrace demo", () => {
  it("takes flights from a stream into a warehouse, and its numbers are those of the file", async () => {
    const data = join(folder, "first");
    const output = await mustRun(demo("--port", "0", "--data", data, "--json"), { cwd: folder });
    const result = JSON.parse(output) as DemoResult;
    const [sum] = await truth("SELECT sum(delay)::INTEGER FROM flights");
    expect(result.flights).toBe(flights);
    const found = new Map(result.checks.map(({ what, found: number }) => [what, number]));
    expect(found.get("flights: put into the stream, found in the lake")).toBe(flights);
    expect(found.get("flights: put into the stream, loaded by COPY")).toBe(flights);
    expect(found.get("minutes of delay: sent, lake")).toBe(sum);
    expect(found.get("minutes of delay: sent, warehouse")).toBe(sum);
    const windows = result.checks.find(({ what }) => /^flights until .*windows$/.test(what));
    const [, until] = /until (\S+ \S+):/.exec(windows?.what ?? "") ?? [];
    const [before] = await truth(`SELECT count(*)::INTEGER FROM flights WHERE date < '${until}:00'`);
    expect(windows).toMatchObject({ expected: before, found: before });
    for (const { expected, found: number } of result.checks) expect(number).toBe(expected);
    const answers = new Map(result.findings.map(({ what, answer }) => [what, answer]));
    const [origin, destination] = await truth(
      "SELECT origin, destination FROM flights GROUP BY ALL ORDER BY count(*) DESC, 1, 2 LIMIT 1",
    );
    expect(answers.get("Busiest route")).toMatch(new RegExp(`^${origin} to ${destination}, `));
    const [airports] = await truth("SELECT count(DISTINCT origin)::INTEGER FROM flights");
    expect(result.steps.map(({ name }) => name)).toEqual([
      "Started",
      "Created",
      "Streamed",
      "Windowed",
      "Delivered",
      "Crawled",
      "Queried",
      "Copied",
      "Asked",
      "Unloaded",
    ]);
    expect(result.steps.at(-1)?.text).toContain(`${airports} airports`);
  });

  it("says it line by line, begins anew on the same directory, and leaves other directories alone", async () => {
    const data = join(folder, "second");
    const command = demo("--port", "0", "--data", data, "--exit", "--flights", "10000");
    const [once, again] = [await mustRun(command), await mustRun(command)];
    for (const output of [once, again]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: no control characters where nobody watches.
      expect(output).not.toMatch(/[\u001b\r]/);
      expect(output).toMatch(/✓ Streamed +10,000 flights into Kinesis/);
      expect(output).toMatch(/✓ Copied +10,000 rows/);
      expect(output).toMatch(/flights: put into the stream, loaded by COPY +10,000 = 10,000/);
    }
    const { exitCode, stderr } = await runCommand(demo("--data", join(folder), "--exit"));
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("--data") });
    expect(await readdir(folder)).toContain("second");
  });

  it("runs twice on a Millrace that is there already", async () => {
    const millrace = await MillraceProcess.start();
    try {
      for (const table of ["flights", "flights_2"]) {
        const output = await mustRun(demo("--url", millrace.url, "--exit", "--flights", "10000"));
        expect(output).toContain(`from ${table === "flights" ? "lake" : "lake_2"}.flights`);
        const counted = [
          "sql",
          "--csv",
          "--url",
          millrace.url,
          `select count(*) as n from ${table}`,
        ] as const;
        expect(await mustRun([...sourceCommand, ...counted])).toBe("n\n10000\n");
      }
    } finally {
      await millrace.dispose();
    }
  });

  it("makes a cluster where signatures are verified, and temporary credentials let one into it", async () => {
    const millrace = await MillraceProcess.start({ flags: { auth: "verify" } });
    try {
      const at = ["--url", millrace.url] as const;
      const environment = keyVariables(millrace.root);
      const output = await mustRun(demo(...at, "--exit", "--flights", "10000"), { environment });
      expect(output).toMatch(/✓ Copied +10,000 rows/);
      const counted = ["sql", "--csv", ...at, "select count(*) as n from flights"] as const;
      expect(await mustRun([...sourceCommand, ...counted], { environment })).toBe("n\n10000\n");
      const strangers = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
      const { exitCode, stdout } = await runCommand([...sourceCommand, ...counted], {
        environment: strangers,
      });
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    } finally {
      await millrace.dispose();
    }
  });

  it("says what is wrong with its flags", async () => {
    for (const count of ["0", "9999", "3000001", "many"]) {
      const { exitCode, stderr } = await runCommand([...sourceCommand, "demo", "--flights", count]);
      expect({ exitCode, stderr }).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining("must be a whole number from 10,000 to 3,000,000"),
      });
    }
  });
});
