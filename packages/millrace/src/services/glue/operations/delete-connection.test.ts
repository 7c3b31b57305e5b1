import { expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

it("deletes a connection and its tags for good", async () => {
  await using glue = await GlueRunner.start({ onDisk: true });
  const create = (Tags: Record<string, string>) =>
    glue.run("CreateConnection", {
      ConnectionInput: { Name: "c", ConnectionType: "CUSTOM", ConnectionProperties: {} },
      Tags,
    });
  await create({ a: "b" });
  await glue.run("DeleteConnection", { ConnectionName: "c" });
  await glue.restart();
  const gone = "EntityNotFoundException: Connection c not found.";
  expect(await refusalOf(glue.run("GetConnection", { Name: "c" }))).toBe(gone);
  expect(await refusalOf(glue.run("DeleteConnection", { ConnectionName: "c" }))).toBe(gone);
  await create({});
  const ResourceArn = "arn:aws:glue:us-east-1:000000000000:connection/c";
  expect(await glue.run("GetTags", { ResourceArn })).toEqual({ Tags: {} });
});
