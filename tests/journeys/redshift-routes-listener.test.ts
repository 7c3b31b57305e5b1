import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redshift } from "@aws-sdk/client-redshift";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { MillraceProcess, sourceCommand } from "../fixtures/millrace-process.ts";
import { type CommandResult, runCommand } from "../fixtures/run-command.ts";
import { VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

const [program, ...sources] = sourceCommand;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-listener-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const connectTo = async (port: number, more: pg.ClientConfig = {}): Promise<pg.Client> => {
  const client = new pg.Client({ host: "127.0.0.1", port, user: "awsuser", database: "dev", ...more });
  client.on("error", () => {});
  await client.connect();
  return client;
};

async function ask(port: number, sql: string, more: pg.ClientConfig = {}): Promise<unknown[]> {
  const client = await connectTo(port, more);
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

function psql(port: number, sql: string, settings = ""): Promise<CommandResult> {
  const environment = { PGCONNECT_TIMEOUT: "20", PGPASSWORD: "any" };
  const connection = `host=127.0.0.1 port=${port} user=awsuser dbname=dev ${settings}`;
  return runCommand(["psql", "-XAt", "-d", connection, "-c", sql], { environment });
}

async function identifiers(url: string, key = { accessKeyId: "t", secretAccessKey: "t" }): Promise<unknown> {
  const redshift = new Redshift({ endpoint: url, region: "us-east-1", credentials: key, maxAttempts: 1 });
  try {
    const { Clusters } = await redshift.describeClusters({});
    return Clusters?.map((one) => [one.ClusterIdentifier, one.ClusterStatus, one.Endpoint?.Port]);
  } finally {
    redshift.destroy();
  }
}

describe("the port of SQL clients", () => {
  let taken: Server;
  beforeAll(async () => {
    taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
  });
  afterAll(() => void taken.close());

  it("may be a cluster's own, which leads to no other cluster", async () => {
    const own = createServer().listen(0, "127.0.0.1");
    await once(own, "listening");
    const address = own.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    own.close();
    await once(own, "close");
    const flags = { "redshift-cluster-port": `sales=${port}` };
    const millrace = await MillraceProcess.start({ flags });
    const redshift = new Redshift({
      ...{ endpoint: millrace.url, region: "us-east-1" },
      credentials: { accessKeyId: "t", secretAccessKey: "t" },
    });
    try {
      const cluster = { NodeType: "ra3.xlplus", ClusterType: "single-node", MasterUsername: "admin" };
      const made = { ...cluster, MasterUserPassword: "Passw0rd", DBName: "shop", Encrypted: false };
      await expect(redshift.createCluster({ ...made, ClusterIdentifier: "hr", Port: port })).rejects.toThrow(
        /--redshift-cluster-port/,
      );
      await redshift.createCluster({
        ...{ ...made, ClusterIdentifier: "sales", Port: port },
        ClusterParameterGroupName: "default.redshift-1.0",
      });
      await vi.waitUntil(
        async () => JSON.stringify(await identifiers(millrace.url)).includes('["sales","available",'),
        { timeout: 20_000 },
      );
      expect(await identifiers(millrace.url)).toContainEqual(["sales", "available", port]);
      const login = { user: "admin", password: "Passw0rd", database: "shop" };
      await vi.waitUntil(() => ask(port, "select 1", login).catch(() => false), { timeout: 20_000 });
      expect(await ask(port, "select current_database() as name", login)).toEqual([{ name: "shop" }]);
      // The default cluster is behind the shared port alone.
      await expect(connectTo(port)).rejects.toThrow();
      await expect(connectTo(port, { ...login, options: "-c cluster=millrace" })).rejects.toThrow(
        /leads to cluster "sales"/,
      );
      expect(await ask(millrace.sqlPort, "select current_database() as name")).toEqual([{ name: "dev" }]);
    } finally {
      redshift.destroy();
      await millrace.dispose();
    }
  });

  it("that is asked for and taken is an error that names its flag", async () => {
    const address = taken.address();
    const port = typeof address === "object" ? `${address?.port}` : "";
    const result = await runCommand([
      ...[program, ...sources, "--port", "0", "--redshift-port", port, "--data", folder],
    ] as [string, ...string[]]);
    expect(result.exitCode).toBe(2);
    expect(result.stdout).toBe("");
    expect(result.stderr).toMatch(
      new RegExp(
        `^millrace: cannot listen on 127\\.0\\.0\\.1 port ${port} \\(--redshift-port\\): .*EADDRINUSE.*\n$`,
      ),
    );
  });

  it("is another one than the usual one when that is taken and none is asked for", async () => {
    // Whoever has 5439 already serves the purpose as well.
    const usual = createServer();
    await new Promise<void>((resolve) => {
      usual.once("error", () => resolve());
      usual.listen(5_439, "127.0.0.1", () => resolve());
    });
    const millrace = await MillraceProcess.start({ flags: { "redshift-port": "" } });
    try {
      expect(millrace.sqlPort).not.toBe(5_439);
      // Lines of the log are written when there is time.
      await vi.waitFor(() =>
        expect(millrace.stderr).toMatch(/"port":5439.*the usual port of Redshift is taken/),
      );
      expect(await ask(millrace.sqlPort, "select 1 as one")).toEqual([{ one: 1 }]);
      expect(await identifiers(millrace.url)).toEqual([["millrace", "available", millrace.sqlPort]]);
    } finally {
      await millrace.dispose();
      usual.close();
    }
  });

  it("is not there where Redshift does not run", async () => {
    const millrace = await MillraceProcess.start({ flags: { services: "s3" } });
    try {
      expect(millrace.stdout).toBe(`Millrace is ready at ${millrace.url}\n`);
      expect(millrace.sqlPort).toBe(0);
    } finally {
      await millrace.dispose();
    }
  });
});

describe("the cluster that is there from the beginning", () => {
  it("takes psql with and without TLS, and any password", async () => {
    const millrace = await MillraceProcess.start();
    try {
      expect(await psql(millrace.sqlPort, "select 1", "sslmode=disable")).toMatchObject({ stdout: "1\n" });
      expect(await psql(millrace.sqlPort, "select 2", "sslmode=require")).toMatchObject({
        ...{ stdout: "2\n", stderr: "", exitCode: 0 },
      });
      const strict = await psql(millrace.sqlPort, "select 3", "sslmode=verify-full sslrootcert=system");
      expect(strict.exitCode).toBe(2);
    } finally {
      await millrace.dispose();
    }
  });

  it("keeps its tables over a clean end and a kill", async () => {
    const millrace = await MillraceProcess.start();
    try {
      await ask(millrace.sqlPort, "create table kept as select 7 as n");
      expect(await millrace.terminate()).toBe(0);
      await millrace.start();
      expect(await ask(millrace.sqlPort, "select n from kept")).toEqual([{ n: 7 }]);
      await ask(millrace.sqlPort, "insert into kept values (8)");
      await millrace.kill();
      await millrace.start();
      expect(await ask(millrace.sqlPort, "select n from kept order by n")).toEqual([{ n: 7 }, { n: 8 }]);
    } finally {
      await millrace.dispose();
    }
  });

  it("is empty and usable after a reset", async () => {
    const millrace = await MillraceProcess.start();
    try {
      expect(await identifiers(millrace.url)).toEqual([["millrace", "available", millrace.sqlPort]]);
      await ask(millrace.sqlPort, "create table gone as select 7 as n; create user anna password 'Passw0rd'");
      const session = await connectTo(millrace.sqlPort);
      const reset = await fetch(`${millrace.url}/_millrace/reset`, { method: "POST" });
      expect(reset.ok).toBe(true);
      await expect(session.query("select 1")).rejects.toThrow();
      expect(await identifiers(millrace.url)).toEqual([["millrace", "available", millrace.sqlPort]]);
      await expect(ask(millrace.sqlPort, "select n from gone")).rejects.toMatchObject({ code: "42P01" });
      expect(await ask(millrace.sqlPort, "select usename from pg_user order by 1")).toEqual([
        { usename: "awsuser" },
        { usename: "rdsdb" },
      ]);
      await ask(millrace.sqlPort, "create table gone as select 8 as n");
      expect(await ask(millrace.sqlPort, "select n from gone")).toEqual([{ n: 8 }]);
      // Nobody has asked for it: the reset leaves it as it is.
      await fetch(`${millrace.url}/_millrace/reset`, { method: "POST" });
      await millrace.terminate();
      await millrace.start();
      expect(await identifiers(millrace.url)).toEqual([["millrace", "available", millrace.sqlPort]]);
    } finally {
      await millrace.dispose();
    }
  });

  it("keeps nothing where nothing is kept", async () => {
    const millrace = await MillraceProcess.start({ flags: { durability: "memory" } });
    try {
      await ask(millrace.sqlPort, "create table t as select 7 as n");
      expect(await ask(millrace.sqlPort, "select n from t")).toEqual([{ n: 7 }]);
      expect(await millrace.terminate()).toBe(0);
      await millrace.start();
      await expect(ask(millrace.sqlPort, "select n from t")).rejects.toMatchObject({ code: "42P01" });
    } finally {
      await millrace.dispose();
    }
  });

  it("is not there where callers are verified", async () => {
    const millrace = await VerifyingMillrace.start("111111111111");
    try {
      expect(await identifiers(millrace.process.url, millrace.root)).toEqual([]);
      const refused = await psql(millrace.process.sqlPort, "select 1");
      expect(refused.exitCode).toBe(2);
      expect(refused.stderr).toMatch(/FATAL: {2}there is no cluster: CreateCluster/);
    } finally {
      await millrace.dispose();
    }
  });

  it("listens beyond loopback only where callers are verified", async () => {
    const flags = ["--host", "0.0.0.0", "--port", "0", "--redshift-port", "0", "--data", folder];
    const refused = await runCommand([program, ...sources, ...flags]);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("--auth verify");
  });
});
