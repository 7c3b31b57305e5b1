import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ConnectionInput } from "@aws-sdk/client-glue";
import { expect, it } from "vitest";
import { testKey } from "../connections/test-keys.ts";
import { limits } from "../limits.ts";
import { codeOf, GlueRunner, refusalOf } from "../test-glue.ts";

const input: ConnectionInput = {
  Name: "orders",
  ConnectionType: "JDBC",
  ConnectionProperties: {
    JDBC_CONNECTION_URL: "jdbc:postgresql://127.0.0.1:1/orders",
    USERNAME: "app",
    PASSWORD: "correct horse",
  },
};

it("keeps a connection, its password out of the files in the clear", async () => {
  await using glue = await GlueRunner.start({ onDisk: true });
  const ConnectionInput = { ...input, Description: "the shop's", MatchCriteria: ["nightly"] };
  expect(await glue.run("CreateConnection", { ConnectionInput })).toEqual({
    CreateConnectionStatus: "READY",
  });
  const files = ["state.sqlite", "state.sqlite-wal"].map((name) =>
    readFileSync(join(glue.directory ?? "", name)),
  );
  const text = Buffer.concat(files).toString("latin1");
  expect(text).toContain("the shop's");
  expect(text).not.toContain("correct horse");
  await glue.restart();
  const { Connection } = await glue.run("GetConnection", { Name: "orders" });
  expect(Connection).toMatchObject({ ...ConnectionInput, Status: "READY", ConnectionSchemaVersion: 1 });
  expect(Connection?.CreationTime).toEqual(new Date(glue.clock.now()));
});

it("refuses a name that is taken, also by a call at the same time", async () => {
  await using glue = await GlueRunner.start();
  const calls = [1, 2, 3].map(() => glue.run("CreateConnection", { ConnectionInput: input }));
  const outcomes = await Promise.allSettled(calls);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await refusalOf(glue.run("CreateConnection", { ConnectionInput: input }))).toBe(
    "AlreadyExistsException: Connection orders already exists.",
  );
});

it("keeps accounts and regions apart", async () => {
  await using glue = await GlueRunner.start();
  await glue.run("CreateConnection", { ConnectionInput: input });
  const other = { account: "111111111111" };
  expect(await codeOf(glue.run("GetConnection", { Name: "orders" }, other))).toBe("EntityNotFoundException");
  expect(await codeOf(glue.run("GetConnection", { Name: "orders" }, { region: "eu-west-1" }))).toBe(
    "EntityNotFoundException",
  );
  const CatalogId = "000000000000";
  await expect(glue.run("GetConnection", { Name: "orders", CatalogId }, other)).resolves.toBeDefined();
});

it("encrypts passwords under the key of the catalog's settings", async () => {
  await using glue = await GlueRunner.start();
  const ConnectionPasswordEncryption = { ReturnConnectionPasswordEncrypted: true, AwsKmsKeyId: testKey };
  await glue.run("PutDataCatalogEncryptionSettings", {
    DataCatalogEncryptionSettings: { ConnectionPasswordEncryption },
  });
  const required: string[] = [];
  await glue.run(
    "CreateConnection",
    { ConnectionInput: input },
    { require: ({ action, resources }) => void required.push(action, ...resources) },
  );
  expect(required).toEqual(["kms:Encrypt", testKey]);
  const { Connection } = await glue.run("GetConnection", { Name: "orders" });
  const { PASSWORD, ENCRYPTED_PASSWORD = "" } = Connection?.ConnectionProperties ?? {};
  expect(PASSWORD).toBeUndefined();
  expect(Buffer.from(ENCRYPTED_PASSWORD, "base64").toString()).toBe(`${testKey}:correct horse`);
});

it("refuses what a type of connection needs and does not get", async () => {
  await using glue = await GlueRunner.start();
  const refusal = (ConnectionType: string, ConnectionProperties: object, more: object = {}) =>
    refusalOf(
      glue.run("CreateConnection", {
        ConnectionInput: { Name: "c", ConnectionType, ConnectionProperties, ...more } as ConnectionInput,
      }),
    );
  expect(await refusal("JDBC", { USERNAME: "a", PASSWORD: "b" })).toBe(
    "InvalidInputException: Connection of type JDBC requires the connection properties JDBC_CONNECTION_URL or (HOST, PORT, JDBC_ENGINE).",
  );
  const url = { JDBC_CONNECTION_URL: "jdbc:mysql://h/d" };
  expect(await refusal("JDBC", url)).toContain("(USERNAME, PASSWORD)");
  expect(await refusal("JDBC", { ...url, SECRET_ID: "s", JDBC_ENFORCE_SSL: "perhaps" })).toContain(
    "JDBC_ENFORCE_SSL must be true or false",
  );
  expect(await refusal("KAFKA", {})).toContain("KAFKA_BOOTSTRAP_SERVERS");
  expect(await refusal("NETWORK", {})).toContain("PhysicalConnectionRequirements");
  expect(await refusal("SFTP", {})).toMatch(/^InvalidInputException/);
  expect(await refusal("SALESFORCE", {})).toBe(
    "NotImplemented: Millrace does not have connections of type SALESFORCE.",
  );
  expect(await refusal("constructor", {})).toMatch(/^NotImplemented/);
  const AuthenticationConfiguration = { AuthenticationType: "BASIC" };
  expect(await refusal("JDBC", url, { AuthenticationConfiguration })).toMatch(/^NotImplemented/);
  const ValidateForComputeEnvironments = ["SPARK"];
  expect(await refusal("JDBC", url, { ValidateForComputeEnvironments })).toMatch(/^NotImplemented/);
});

it("tries to connect when it is to validate the credentials", async () => {
  await using glue = await GlueRunner.start();
  const ConnectionInput = { ...input, ValidateCredentials: true };
  expect(await refusalOf(glue.run("CreateConnection", { ConnectionInput }))).toMatch(
    /^InvalidInputException: The connection to 127.0.0.1:1 failed/,
  );
  expect(await codeOf(glue.run("GetConnection", { Name: "orders" }))).toBe("EntityNotFoundException");
});

it("takes tags, and refuses too many or reserved ones", async () => {
  await using glue = await GlueRunner.start();
  const Tags = { team: "shop" };
  await glue.run("CreateConnection", { ConnectionInput: input, Tags });
  const ResourceArn = "arn:aws:glue:us-east-1:000000000000:connection/orders";
  expect(await glue.run("GetTags", { ResourceArn })).toEqual({ Tags });
  const ConnectionInput = { ...input, Name: "next" };
  const reserved = { "AWS:x": "y" };
  expect(await codeOf(glue.run("CreateConnection", { ConnectionInput, Tags: reserved }))).toBe(
    "InvalidInputException",
  );
  const many = Object.fromEntries(
    Array.from({ length: limits.tagsPerResource + 1 }, (_, i) => [`k${i}`, ""]),
  );
  expect(await codeOf(glue.run("CreateConnection", { ConnectionInput, Tags: many }))).toBe(
    "InvalidInputException",
  );
});

it("has no more connections than AWS lets an account have", async () => {
  await using glue = await GlueRunner.start();
  for (let at = 0; at < limits.connectionsPerAccount; at++)
    await glue.run("CreateConnection", { ConnectionInput: { ...input, Name: `c${at}` } });
  expect(await codeOf(glue.run("CreateConnection", { ConnectionInput: input }))).toBe(
    "ResourceNumberLimitExceededException",
  );
});

it("is decided on the catalog and the connection", async () => {
  await using glue = await GlueRunner.start();
  const call = { account: "111111111111" };
  const CatalogId = "000000000000";
  expect(glue.resources("CreateConnection", { ConnectionInput: input, CatalogId }, call)).toEqual([
    "arn:aws:glue:us-east-1:000000000000:catalog",
    "arn:aws:glue:us-east-1:000000000000:connection/orders",
  ]);
});
