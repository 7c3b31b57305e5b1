import { describe, expect, it } from "vitest";
import { ServiceError } from "../../core/errors.ts";
import type { Call } from "../../gateway/call.ts";
import { codeOf, GlueRunner, refusalOf } from "./test-glue.ts";

const other = { account: "111111111111" };
const CatalogId = "000000000000";

/** Account 111111111111 with links to `shop` and its table `orders` of account 000000000000. */
async function withLinks(): Promise<GlueRunner> {
  const glue = await GlueRunner.start();
  await glue.table("orders", { year: "int" });
  await glue.run("CreatePartition", {
    DatabaseName: "shop",
    TableName: "orders",
    PartitionInput: { Values: ["2026"], StorageDescriptor: { Location: "s3://lake/orders/2026/" } },
  });
  const TargetDatabase = { CatalogId, DatabaseName: "Shop" };
  await glue.run("CreateDatabase", { DatabaseInput: { Name: "link", TargetDatabase } }, other);
  await glue.run("CreateDatabase", { DatabaseInput: { Name: "own" } }, other);
  const TargetTable = { CatalogId, DatabaseName: "shop", Name: "Orders" };
  const TableInput = { Name: "linked_orders", TargetTable };
  await glue.run("CreateTable", { DatabaseName: "own", TableInput }, other);
  return glue;
}

/** A caller who may do nothing but in the own account. */
const refused: Partial<Call> = {
  ...other,
  require: ({ action }) => {
    throw new ServiceError("AccessDeniedException", `may not ${action}`);
  },
};

describe("a link to a database", () => {
  it("answers the target's tables", async () => {
    await using glue = await withLinks();
    const { Table } = await glue.run("GetTable", { DatabaseName: "link", Name: "orders" }, other);
    expect(Table).toMatchObject({ Name: "orders", DatabaseName: "shop", CatalogId });
    const { TableList } = await glue.run("GetTables", { DatabaseName: "link" }, other);
    expect(TableList?.map(({ Name }) => Name)).toEqual(["orders"]);
  });

  it("has its own name and its target's properties", async () => {
    await using glue = await withLinks();
    await glue.run("UpdateDatabase", {
      Name: "shop",
      DatabaseInput: { Name: "shop", Description: "d", LocationUri: "s3://lake/" },
    });
    const { Database } = await glue.run("GetDatabase", { Name: "link" }, other);
    expect(Database).toMatchObject({
      Name: "link",
      CatalogId: other.account,
      Description: "d",
      LocationUri: "s3://lake/",
      TargetDatabase: { CatalogId, DatabaseName: "Shop" },
    });
  });

  it("takes new tables for the target, but no links to tables", async () => {
    await using glue = await withLinks();
    const create = (TableInput: { Name: string }) =>
      glue.run("CreateTable", { DatabaseName: "link", TableInput }, other);
    await create({ Name: "new" });
    expect((await glue.run("GetTable", { DatabaseName: "shop", Name: "new" })).Table?.Name).toBe("new");
    const link = { Name: "newer", TargetTable: { CatalogId, DatabaseName: "shop", Name: "orders" } };
    expect(await codeOf(create(link))).toBe("InvalidInputException");
  });

  it("is deleted without its target", async () => {
    await using glue = await withLinks();
    await glue.run("DeleteDatabase", { Name: "link" }, other);
    expect(await codeOf(glue.run("GetDatabase", { Name: "link" }, other))).toBe("EntityNotFoundException");
    await glue.run("GetTable", { DatabaseName: "shop", Name: "orders" });
  });
});

describe("a link to a table", () => {
  it("has its own name and its target's columns", async () => {
    await using glue = await withLinks();
    const expected = {
      Name: "linked_orders",
      DatabaseName: "own",
      CatalogId: other.account,
      TableType: "EXTERNAL_TABLE",
      PartitionKeys: [{ Name: "year", Type: "int" }],
      StorageDescriptor: { Location: "s3://lake/orders/" },
      TargetTable: { CatalogId, DatabaseName: "shop", Name: "Orders" },
    };
    const { Table } = await glue.run("GetTable", { DatabaseName: "own", Name: "linked_orders" }, other);
    expect(Table).toMatchObject(expected);
    const { TableList } = await glue.run("GetTables", { DatabaseName: "own" }, other);
    expect(TableList).toMatchObject([expected]);
  });

  it("leads to the target's partitions", async () => {
    await using glue = await withLinks();
    const place = { DatabaseName: "own", TableName: "linked_orders" };
    const { Partitions } = await glue.run("GetPartitions", { ...place, Expression: "year = 2026" }, other);
    expect(Partitions).toMatchObject([{ StorageDescriptor: { Location: "s3://lake/orders/2026/" } }]);
  });

  it("is deleted without its target", async () => {
    await using glue = await withLinks();
    await glue.run("DeleteTable", { DatabaseName: "own", Name: "linked_orders" }, other);
    await glue.run("GetTable", { DatabaseName: "shop", Name: "orders" });
  });
});

describe("a caller who may not act on the target", () => {
  it("sees the link as it is, and nothing behind it", async () => {
    await using glue = await withLinks();
    const { Database } = await glue.run("GetDatabase", { Name: "link" }, refused);
    expect(Database?.Name).toBe("link");
    const { Table } = await glue.run("GetTable", { DatabaseName: "own", Name: "linked_orders" }, refused);
    expect(Table?.Name).toBe("linked_orders");
    expect(Table?.StorageDescriptor).toBeUndefined();
    const denied = "AccessDeniedException";
    const through = { DatabaseName: "link", Name: "orders" };
    expect(await codeOf(glue.run("GetTable", through, refused))).toBe(denied);
    expect(await codeOf(glue.run("GetTables", { DatabaseName: "link" }, refused))).toBe(denied);
    const partitions = { DatabaseName: "own", TableName: "linked_orders" };
    expect(await codeOf(glue.run("GetPartitions", partitions, refused))).toBe(denied);
    expect(await codeOf(glue.run("DeleteTable", through, refused))).toBe(denied);
  });

  it("is asked for the target's ARNs", async () => {
    await using glue = await withLinks();
    const asked: string[] = [];
    const call: Partial<Call> = {
      ...other,
      require: ({ action, resources }) => void asked.push(action, ...resources),
    };
    await glue.run("GetTable", { DatabaseName: "link", Name: "Orders" }, call);
    const prefix = `arn:aws:glue:us-east-1:${CatalogId}`;
    expect(asked).toEqual([
      "glue:GetTable",
      `${prefix}:catalog`,
      `${prefix}:database/shop`,
      `${prefix}:table/shop/orders`,
    ]);
  });
});

describe("a link that leads nowhere", () => {
  it("is answered as it is and finds nothing", async () => {
    await using glue = await withLinks();
    await glue.run("DeleteDatabase", { Name: "shop" });
    const { Database } = await glue.run("GetDatabase", { Name: "link" }, other);
    expect(Database?.TargetDatabase).toBeDefined();
    const { Table } = await glue.run("GetTable", { DatabaseName: "own", Name: "linked_orders" }, other);
    expect(Table?.StorageDescriptor).toBeUndefined();
    const partitions = { DatabaseName: "own", TableName: "linked_orders" };
    expect(await refusalOf(glue.run("GetPartitions", partitions, other))).toBe(
      "EntityNotFoundException: Database shop not found.",
    );
    expect(await codeOf(glue.run("GetTables", { DatabaseName: "link" }, other))).toBe(
      "EntityNotFoundException",
    );
  });
});

describe("links to links", () => {
  it("are refused when they are made", async () => {
    await using glue = await withLinks();
    const database = (Name: string, TargetDatabase: object) =>
      codeOf(glue.run("CreateDatabase", { DatabaseInput: { Name, TargetDatabase } }, other));
    expect(await database("second", { DatabaseName: "link" })).toBe("InvalidInputException");
    expect(await database("me", { DatabaseName: "ME" })).toBe("InvalidInputException");
    expect(await database("nothing", { CatalogId })).toBe("InvalidInputException");
    const table = (Name: string, TargetTable: object) =>
      codeOf(glue.run("CreateTable", { DatabaseName: "own", TableInput: { Name, TargetTable } }, other));
    expect(await table("a", { DatabaseName: "own", Name: "linked_orders" })).toBe("InvalidInputException");
    expect(await table("a", { DatabaseName: "link", Name: "orders" })).toBe("InvalidInputException");
    expect(await table("a", { DatabaseName: "own", Name: "A" })).toBe("InvalidInputException");
    expect(await table("a", { DatabaseName: "own" })).toBe("InvalidInputException");
  });

  it("are not followed when they came to be later, and never end up in a circle", async () => {
    await using glue = await GlueRunner.start();
    await glue.run("CreateDatabase", { DatabaseInput: { Name: "a", TargetDatabase: { DatabaseName: "b" } } });
    expect(
      await codeOf(
        glue.run("CreateDatabase", { DatabaseInput: { Name: "b", TargetDatabase: { DatabaseName: "a" } } }),
      ),
    ).toBe("InvalidInputException");
    await glue.run("CreateDatabase", {
      DatabaseInput: { Name: "b", TargetDatabase: { DatabaseName: "shop" } },
    });
    expect(await codeOf(glue.run("GetTables", { DatabaseName: "a" }))).toBe("InvalidInputException");
    expect((await glue.run("GetDatabase", { Name: "a" })).Database?.Name).toBe("a");
  });
});

it("leads to other regions", async () => {
  await using glue = await withLinks();
  const far = { ...other, region: "eu-west-1" };
  const TargetDatabase = { CatalogId, DatabaseName: "shop", Region: "us-east-1" };
  await glue.run("CreateDatabase", { DatabaseInput: { Name: "far", TargetDatabase } }, far);
  const { Table } = await glue.run("GetTable", { DatabaseName: "far", Name: "orders" }, far);
  expect(Table?.Name).toBe("orders");
});
