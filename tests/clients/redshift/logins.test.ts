import { createHash } from "node:crypto";
import { join } from "node:path";
import { Redshift } from "@aws-sdk/client-redshift";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { mustRun, runCommand } from "../../fixtures/run-command.ts";
import { requirePrograms } from "../../fixtures/system-packages.ts";
import { VerifyingMillrace } from "../../fixtures/verifying-millrace.ts";
import { virtualEnvironment } from "../python/virtual-environment.ts";

const cluster = { ClusterIdentifier: "sales" };
let millrace: VerifyingMillrace;
let redshift: Redshift;

beforeAll(async () => {
  await requirePrograms([["psql", "--version"]], ["postgresql-client"]);
  millrace = await VerifyingMillrace.start("111111111111");
  redshift = new Redshift({
    endpoint: millrace.process.url,
    region: "us-east-1",
    credentials: millrace.root,
    maxAttempts: 1,
  });
  await redshift.createCluster({
    ...cluster,
    NodeType: "ra3.xlplus",
    ClusterType: "single-node",
    DBName: "shop",
    MasterUsername: "admin",
    MasterUserPassword: "Passw0rd",
  });
  await vi.waitFor(
    async () => {
      const { Clusters } = await redshift.describeClusters(cluster);
      expect(Clusters?.[0]?.ClusterStatus).toBe("available");
    },
    { timeout: 20_000 },
  );
  const digest = createHash("md5").update("Abcd1234md5er").digest("hex");
  await psql("admin", "Passw0rd", [
    "create user clear password 'Abcd1234'",
    `create user md5er password 'md5${digest}'`,
    "create user sha password 'sha256|Abcd1234'",
    "create user plain password disable",
    "create table t (i int)",
  ]);
});
afterAll(async () => {
  redshift?.destroy();
  await millrace?.dispose();
});

/** What psql printed, and what it complained of. */
async function psql(
  user: string,
  password: string,
  commands: readonly string[] = ["select current_user"],
  sslMode = "require",
): Promise<string> {
  const where = `host=127.0.0.1 port=${millrace.process.sqlPort} dbname=shop sslmode=${sslMode}`;
  const { stdout, stderr } = await runCommand(
    [
      "psql",
      "-X",
      "-At",
      `${where} user=${user} options='-c cluster=sales'`,
      ...commands.flatMap((c) => ["-c", c]),
    ],
    { environment: { PGPASSWORD: password } },
  );
  return (stdout + stderr).trim();
}

it("the password of the cluster's owner counts", async () => {
  expect(await psql("admin", "Passw0rd")).toBe("admin");
  expect(await psql("admin", "passw0rd")).toContain('password authentication failed for user "admin"');
  expect(await psql("nobody", "Passw0rd")).toContain('password authentication failed for user "nobody"');
});

it("users log in by passwords that were given in clear and as digests; without one, not at all", async () => {
  for (const user of ["clear", "md5er"]) {
    expect(await psql(user, "Abcd1234")).toBe(user);
    expect(await psql(user, "abcd1234")).toContain("password authentication failed");
  }
  expect(await psql("plain", "")).toMatch(/no password supplied|password authentication failed/);
  expect(await psql("clear", "Abcd1234", ["select * from t"])).toContain("permission denied for relation t");
});

it("AWS's Python driver answers the demand for a SHA-256 digest", async () => {
  const { python } = await virtualEnvironment("../redshift/requirements.txt");
  const script = join(import.meta.dirname, "digest-login.py");
  const { sqlPort, dataFolder } = millrace.process;
  // The driver checks the server's certificate, which is its own authority.
  const environment = { SSL_CERT_FILE: join(dataFolder, "tls-certificate.pem") };
  const login = (password: string): Promise<string> =>
    mustRun([python, script, String(sqlPort), password], { environment });
  expect(await login("Abcd1234")).toBe("sha\n");
  expect(await login("abcd1234")).toContain("password authentication failed");
});

it("a cluster of today's parameters takes no connection in clear", async () => {
  expect(await psql("admin", "Passw0rd", ["select 1"], "disable")).toContain("SSL off");
});

it("credentials of GetClusterCredentials are a login for a while", async () => {
  const { DbUser = "", DbPassword = "" } = await redshift.getClusterCredentials({
    ...cluster,
    DbUser: "guest",
    AutoCreate: true,
  });
  expect(DbUser).toBe("IAMA:guest");
  expect(await psql(DbUser, DbPassword)).toBe("guest");
  expect(await psql(DbUser, `${DbPassword}x`)).toContain("password authentication failed");
});
