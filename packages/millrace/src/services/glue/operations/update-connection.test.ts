import type { ConnectionInput } from "@aws-sdk/client-glue";
import { expect, it } from "vitest";
import { codeOf, GlueRunner, refusalOf } from "../test-glue.ts";

const input: ConnectionInput = {
  Name: "lake",
  ConnectionType: "NETWORK",
  ConnectionProperties: {},
  Description: "old",
  PhysicalConnectionRequirements: { SubnetId: "subnet-1" },
};

it("replaces all but the name and the time of creation", async () => {
  await using glue = await GlueRunner.start({ onDisk: true });
  await glue.run("CreateConnection", { ConnectionInput: input });
  const created = glue.clock.now();
  glue.clock.advance(60_000);
  const { Description: _, ...rest } = input;
  await glue.run("UpdateConnection", { Name: "lake", ConnectionInput: { ...rest, MatchCriteria: ["new"] } });
  await glue.restart();
  const { Connection } = await glue.run("GetConnection", { Name: "lake" });
  expect(Connection).toMatchObject({
    MatchCriteria: ["new"],
    CreationTime: new Date(created),
    LastUpdatedTime: new Date(created + 60_000),
  });
  expect(Connection?.Description).toBeUndefined();
});

it("refuses a connection that is not there, another name, and what is incomplete", async () => {
  await using glue = await GlueRunner.start();
  expect(await refusalOf(glue.run("UpdateConnection", { Name: "lake", ConnectionInput: input }))).toBe(
    "EntityNotFoundException: Connection lake not found.",
  );
  await glue.run("CreateConnection", { ConnectionInput: input });
  const update = (ConnectionInput: ConnectionInput) =>
    codeOf(glue.run("UpdateConnection", { Name: "lake", ConnectionInput }));
  expect(await update({ ...input, Name: "sea" })).toBe("InvalidInputException");
  expect(await update({ ...input, ConnectionType: "KAFKA" })).toBe("InvalidInputException");
  const { Connection } = await glue.run("GetConnection", { Name: "lake" });
  expect(Connection).toMatchObject({ ConnectionType: "NETWORK", Description: "old" });
});

it("does not bring back a connection that is deleted meanwhile", async () => {
  await using glue = await GlueRunner.start();
  await glue.run("CreateConnection", { ConnectionInput: input });
  const gone = glue.run("DeleteConnection", { ConnectionName: "lake" });
  const update = codeOf(glue.run("UpdateConnection", { Name: "lake", ConnectionInput: input }));
  await gone;
  expect(await update).toBe("EntityNotFoundException");
  expect(await codeOf(glue.run("GetConnection", { Name: "lake" }))).toBe("EntityNotFoundException");
});
