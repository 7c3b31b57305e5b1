import { expect, it } from "vitest";
import { codeOf, GlueRunner, refusalOf } from "../test-glue.ts";

const prefix = "arn:aws:glue:us-east-1:000000000000:";
const database = `${prefix}database/shop`;

it("adds to the tags of databases, connections and catalogs", async () => {
  await using glue = await GlueRunner.start({ onDisk: true });
  await glue.run("CreateCatalog", { Name: "lake", CatalogInput: {} });
  await glue.run("CreateConnection", {
    ConnectionInput: { Name: "c/d", ConnectionType: "CUSTOM", ConnectionProperties: {} },
  });
  await glue.run("CreateDatabase", { CatalogId: "lake", DatabaseInput: { Name: "inner" } });
  const arns = [database, `${prefix}connection/c/d`, `${prefix}catalog/lake`, `${prefix}database/lake/inner`];
  for (const ResourceArn of arns) {
    await glue.run("TagResource", { ResourceArn, TagsToAdd: { a: "1", b: "2" } });
    await glue.run("TagResource", { ResourceArn, TagsToAdd: { b: "3", "": "" } });
  }
  await glue.restart();
  for (const ResourceArn of arns)
    expect(await glue.run("GetTags", { ResourceArn })).toEqual({ Tags: { a: "1", b: "3", "": "" } });
});

it("refuses what cannot be tagged, is elsewhere or is not there", async () => {
  await using glue = await GlueRunner.start();
  await glue.table("orders");
  const refusal = (ResourceArn: string) =>
    refusalOf(glue.run("TagResource", { ResourceArn, TagsToAdd: { a: "b" } }));
  expect(await refusal(`${prefix}catalog`)).toBe(
    "InvalidInputException: Tag operations not supported on root catalog",
  );
  expect(await refusal(`${prefix}table/shop/orders`)).toMatch(
    /^InvalidInputException: Tagging is not supported/,
  );
  expect(await refusal(`${prefix}constructor/x`)).toMatch(/^InvalidInputException/);
  expect(await refusal("arn:aws:glue:eu-west-1:000000000000:database/shop")).toMatch(
    /^InvalidInputException/,
  );
  expect(await refusal("arn:aws:s3:us-east-1:000000000000:database/shop")).toMatch(/^InvalidInputException/);
  expect(await refusal(`${prefix}database/nowhere`)).toMatch(/^EntityNotFoundException/);
  expect(await refusal("arn:aws:glue:us-east-1:111111111111:database/shop")).toMatch(
    /^EntityNotFoundException/,
  );
});

it("refuses too many tags and reserved keys, and changes nothing then", async () => {
  await using glue = await GlueRunner.start();
  const tags = (from: number, to: number) =>
    Object.fromEntries(Array.from({ length: to - from }, (_, at) => [`k${from + at}`, ""]));
  const add = (TagsToAdd: Record<string, string>) =>
    glue.run("TagResource", { ResourceArn: database, TagsToAdd });
  await add(tags(0, 50));
  expect(await codeOf(add(tags(50, 51)))).toBe("InvalidInputException");
  expect(await codeOf(add({ "aws:x": "" }))).toBe("InvalidInputException");
  const { Tags } = await glue.run("GetTags", { ResourceArn: database });
  expect(Object.keys(Tags ?? {})).toHaveLength(50);
});

it("loses nothing when several calls add tags at the same time", async () => {
  await using glue = await GlueRunner.start();
  const keys = ["a", "b", "c", "d"];
  await Promise.all(
    keys.map((key) => glue.run("TagResource", { ResourceArn: database, TagsToAdd: { [key]: "" } })),
  );
  const { Tags } = await glue.run("GetTags", { ResourceArn: database });
  expect(Object.keys(Tags ?? {}).sort()).toEqual(keys);
});

it("needs the permission to get a database or a connection, too", async () => {
  await using glue = await GlueRunner.start();
  const actions = (ResourceArn: string) =>
    glue.permissions("TagResource", { ResourceArn, TagsToAdd: {} }).map(({ action }) => action);
  expect(actions(database)).toEqual(["glue:TagResource", "glue:GetDatabase"]);
  expect(actions(`${prefix}connection/c`)).toEqual(["glue:TagResource", "glue:GetConnection"]);
  expect(actions(`${prefix}catalog/c`)).toEqual(["glue:TagResource"]);
});
