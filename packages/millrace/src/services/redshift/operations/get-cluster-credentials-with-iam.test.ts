import { expect, it } from "vitest";
import { account, arnOf, keyOf, refusalOf, TestRedshift } from "../test-redshift.ts";

const input = { ClusterIdentifier: "sales" };
const as = (kind: "user" | "role", arn: string, roleArn?: string) => ({
  principal: { arn, account, accessKeyId: "k", kind, ...(roleArn === undefined ? {} : { roleArn }) },
});

it("the database user is the caller", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  const userOf = async (call: object): Promise<unknown> =>
    (await redshift.run("GetClusterCredentialsWithIAM", { ...input, DbName: "dev" }, call)).DbUser;
  expect(await userOf({})).toBe("IAM:root");
  expect(await userOf(as("user", `arn:aws:iam::${account}:user/team/anna`))).toBe("IAM:anna");
  const session = `arn:aws:sts::${account}:assumed-role/analyst/one`;
  expect(await userOf(as("role", session, `arn:aws:iam::${account}:role/team/analyst`))).toBe("IAMR:analyst");
  expect(redshift.warehouse.loginsOf(keyOf("sales"))).toHaveLength(3);
  expect(redshift.warehouse.loginsOf(keyOf("sales"))[1]).toMatchObject({
    user: "IAM:anna",
    databaseUser: "IAM:anna",
    createUser: true,
    database: "dev",
  });
});

it("asks for the database, and refuses what the other way to credentials refuses", async () => {
  await using redshift = await TestRedshift.start();
  const refusal = (changes: object): Promise<string> =>
    refusalOf(redshift.run("GetClusterCredentialsWithIAM", { ...input, ...changes }));
  expect(await refusal({})).toContain("ClusterNotFoundFault");
  await redshift.create();
  expect(await refusal({ DurationSeconds: 1 })).toContain("Token duration");
  expect(await refusal({ DbName: "Dev" })).toContain("InvalidParameterValue");
  expect(await refusal({ CustomDomainName: "x" })).toContain("NotImplemented");
  expect(redshift.resources("GetClusterCredentialsWithIAM", { ...input, DbName: "dev" })).toEqual([
    arnOf("dbname:sales/dev"),
  ]);
});
