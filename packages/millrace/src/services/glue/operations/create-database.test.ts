import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

describe("CreateDatabase", () => {
  it("keeps a database under a name in lower case, open to IAM alone", async () => {
    await using glue = await GlueRunner.start({ onDisk: true });
    const DatabaseInput = { Name: "Sales", Description: "d", LocationUri: "s3://b/", Parameters: { a: "b" } };
    await glue.run("CreateDatabase", { DatabaseInput });
    await glue.restart();
    const { Database } = await glue.run("GetDatabase", { Name: "SALES" });
    expect(Database).toEqual({
      ...DatabaseInput,
      Name: "sales",
      CatalogId: "000000000000",
      CreateTime: new Date(glue.clock.now()),
      CreateTableDefaultPermissions: [
        { Principal: { DataLakePrincipalIdentifier: "IAM_ALLOWED_PRINCIPALS" }, Permissions: ["ALL"] },
      ],
    });
  });

  it("refuses a second one of the name, also at the same time", async () => {
    await using glue = await GlueRunner.start();
    const create = () => glue.run("CreateDatabase", { DatabaseInput: { Name: "x" } });
    const outcomes = await Promise.allSettled([create(), create()]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(await refusalOf(create())).toBe("AlreadyExistsException: Database already exists.");
  });

  it("refuses federated databases by name", async () => {
    await using glue = await GlueRunner.start();
    const DatabaseInput = { Name: "x", FederatedDatabase: { Identifier: "i" } };
    expect(await refusalOf(glue.run("CreateDatabase", { DatabaseInput }))).toMatch(
      /^NotImplemented: .*federated/,
    );
  });
});
