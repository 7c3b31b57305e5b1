import { expect, it } from "vitest";
import { arnOf, keyOf, refusalOf, TestRedshift } from "../test-redshift.ts";

const input = { ClusterIdentifier: "sales", DbUser: "Anna" };

it("a user with a password that the kernel takes for a while", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  const given = await redshift.run("GetClusterCredentials", input);
  const expiresAtMs = redshift.clock.now() + 900_000;
  expect(given).toEqual({
    DbUser: "IAM:anna",
    DbPassword: expect.stringMatching(/^[A-Za-z0-9+=_-]{64}$/),
    Expiration: new Date(expiresAtMs),
  });
  await redshift.run("GetClusterCredentials", {
    ...input,
    DbName: "dev",
    AutoCreate: true,
    DbGroups: ["Analysts"],
    DurationSeconds: 3600,
  });
  expect(redshift.warehouse.loginsOf(keyOf("sales"))).toMatchObject([
    {
      user: "IAM:anna",
      password: given.DbPassword,
      expiresAtMs,
      createUser: false,
      groups: [],
      database: undefined,
    },
    {
      user: "IAMA:anna",
      expiresAtMs: redshift.clock.now() + 3_600_000,
      createUser: true,
      groups: ["analysts"],
      database: "dev",
    },
  ]);
  const again = await redshift.run("GetClusterCredentials", input);
  expect(again.DbPassword).not.toBe(given.DbPassword);
  expect(JSON.stringify([redshift.state.clusters.all(), redshift.logged])).not.toContain(given.DbPassword);
});

it.each([
  [{ ClusterIdentifier: "none" }, "ClusterNotFoundFault"],
  [{ ClusterIdentifier: undefined }, "InvalidParameterValue"],
  [{ DurationSeconds: 899 }, "InvalidParameterValue: Token duration must be between 900 and 3600 seconds"],
  [{ DurationSeconds: 3601 }, "InvalidParameterValue: Token duration"],
  [{ DbUser: "PUBLIC" }, "InvalidParameterValue: The parameter DbUser"],
  [{ DbUser: "IAM:anna" }, "InvalidParameterValue: The parameter DbUser"],
  [{ DbUser: "user" }, "InvalidParameterValue: DbUser user cannot be used"],
  [{ DbUser: "x".repeat(65) }, "InvalidParameterValue: The parameter DbUser"],
  [{ DbGroups: ["a b"] }, "InvalidParameterValue: The parameter DbGroups"],
  [{ DbName: "a;b" }, "InvalidParameterValue: The parameter DBName"],
  [{ CustomDomainName: "x.example" }, "NotImplemented"],
])("%j is refused", async (changes, refusal) => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  const answer = redshift.run("GetClusterCredentials", { ...input, ...changes });
  expect(await refusalOf(answer)).toContain(refusal);
  expect(redshift.warehouse.loginsOf(keyOf("sales"))).toEqual([]);
});

it("asks for the user, the database and the groups", async () => {
  await using redshift = await TestRedshift.start();
  const given = { ...input, DbName: "dev", AutoCreate: true, DbGroups: ["analysts"] };
  const user = arnOf("dbuser:sales/anna");
  expect(redshift.permissions("GetClusterCredentials", given)).toMatchObject([
    {
      action: "redshift:GetClusterCredentials",
      resources: [user, arnOf("dbname:sales/dev")],
      context: { "redshift:DbName": "dev", "redshift:DurationSeconds": "900" },
    },
    { action: "redshift:CreateClusterUser", resources: [user] },
    { action: "redshift:JoinGroup", resources: [arnOf("dbgroup:sales/analysts")] },
  ]);
  expect(redshift.permissions("GetClusterCredentials", input)).toMatchObject([
    { action: "redshift:GetClusterCredentials", resources: [user] },
  ]);
});
