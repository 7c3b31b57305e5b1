import { expect, it } from "vitest";
import { testKey } from "../connections/test-keys.ts";
import { codeOf, GlueRunner } from "../test-glue.ts";

const secrets = {
  PASSWORD: "one",
  KAFKA_SASL_SCRAM_PASSWORD: "two",
  KAFKA_CLIENT_KEY_PASSWORD: "three",
};

async function withConnection(onDisk: boolean = false): Promise<GlueRunner> {
  const glue = await GlueRunner.start({ onDisk });
  await glue.run("CreateConnection", {
    ConnectionInput: {
      Name: "k",
      ConnectionType: "KAFKA",
      ConnectionProperties: { KAFKA_BOOTSTRAP_SERVERS: "b:9092", ...secrets },
    },
  });
  return glue;
}

it("answers passwords unless they are to be hidden", async () => {
  await using glue = await withConnection();
  const open = await glue.run("GetConnection", { Name: "k" });
  expect(open.Connection?.ConnectionProperties).toEqual({ KAFKA_BOOTSTRAP_SERVERS: "b:9092", ...secrets });
  const hidden = await glue.run("GetConnection", { Name: "k", HidePassword: true });
  expect(hidden.Connection?.ConnectionProperties).toEqual({ KAFKA_BOOTSTRAP_SERVERS: "b:9092" });
});

it("opens encrypted passwords for whom the key opens them, as long as the settings say so", async () => {
  await using glue = await GlueRunner.start();
  const encryption = (ReturnConnectionPasswordEncrypted: boolean) =>
    glue.run("PutDataCatalogEncryptionSettings", {
      DataCatalogEncryptionSettings: {
        ConnectionPasswordEncryption: { ReturnConnectionPasswordEncrypted, AwsKmsKeyId: testKey },
      },
    });
  await encryption(false);
  const ConnectionProperties = { CONNECTION_URL: "mongodb://h", USERNAME: "u", PASSWORD: "one" };
  await glue.run("CreateConnection", {
    ConnectionInput: { Name: "m", ConnectionType: "MONGODB", ConnectionProperties },
  });
  const open = await glue.run("GetConnection", { Name: "m" });
  expect(open.Connection?.ConnectionProperties).toEqual(ConnectionProperties);
  const refuse = {
    require: () => {
      throw new Error("kms:Decrypt is not allowed");
    },
  };
  await expect(glue.run("GetConnection", { Name: "m" }, refuse)).rejects.toThrow("kms:Decrypt");
  const hidden = await glue.run("GetConnection", { Name: "m", HidePassword: true }, refuse);
  expect(hidden.Connection?.ConnectionProperties).toEqual({ CONNECTION_URL: "mongodb://h", USERNAME: "u" });
  await encryption(true);
  const closed = await glue.run("GetConnection", { Name: "m" }, refuse);
  expect(Object.keys(closed.Connection?.ConnectionProperties ?? {}).sort()).toEqual([
    "CONNECTION_URL",
    "ENCRYPTED_PASSWORD",
    "USERNAME",
  ]);
  expect((await glue.state.connections.usable(glue.call("x", {}), "m")).properties).toEqual(
    ConnectionProperties,
  );
});

it("says what it does not have", async () => {
  await using glue = await withConnection();
  const override = { Name: "k", ApplyOverrideForComputeEnvironment: "ATHENA" } as const;
  expect(await codeOf(glue.run("GetConnection", override))).toBe("NotImplemented");
  expect(await codeOf(glue.run("GetConnection", { Name: "K" }))).toBe("EntityNotFoundException");
});

it("answers a ciphertext that is none with Glue's error", async () => {
  await using glue = await GlueRunner.start();
  const ConnectionProperties = { CONNECTION_URL: "u", USERNAME: "u", ENCRYPTED_PASSWORD: "????" };
  await glue.run("CreateConnection", {
    ConnectionInput: { Name: "m", ConnectionType: "MONGODB", ConnectionProperties },
  });
  expect(await codeOf(glue.run("GetConnection", { Name: "m" }))).toBe("GlueEncryptionException");
});
