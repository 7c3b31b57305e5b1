import { expect, it } from "vitest";
import { GlueRunner } from "../test-glue.ts";

it("deletes those that are there and names those that are not", async () => {
  await using glue = await GlueRunner.start();
  for (const Name of ["a", "b", "c"])
    await glue.run("CreateConnection", {
      ConnectionInput: { Name, ConnectionType: "CUSTOM", ConnectionProperties: {} },
    });
  const ConnectionNameList = ["a", "x", "c", "a", "__proto__"];
  const { Succeeded, Errors } = await glue.run("BatchDeleteConnection", { ConnectionNameList });
  expect(Succeeded).toEqual(["a", "c"]);
  expect(Object.keys(Errors ?? {})).toEqual(["x", "__proto__"]);
  expect(Errors?.["x"]).toEqual({
    ErrorCode: "EntityNotFoundException",
    ErrorMessage: "Connection x not found.",
  });
  const { ConnectionList } = await glue.run("GetConnections", {});
  expect(ConnectionList?.map(({ Name }) => Name)).toEqual(["b"]);
  expect(glue.resources("BatchDeleteConnection", { ConnectionNameList: ["a"] })).toContain(
    "arn:aws:glue:us-east-1:000000000000:connection/a",
  );
});
