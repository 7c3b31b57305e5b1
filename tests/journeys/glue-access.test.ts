import {
  CreateConnectionCommand,
  CreateDatabaseCommand,
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteResourcePolicyCommand,
  GetConnectionCommand,
  GetPartitionsCommand,
  GetTableCommand,
  GlueClient,
  PutDataCatalogEncryptionSettingsCommand,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-glue";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand, DecryptCommand, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedPost } from "../../packages/millrace/src/server/test-signed-post.ts";
import { type Key, VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

const ownerAccount = "111111111111";
const guestAccount = "222222222222";
const region = "us-east-1";
const arn = (resource: string): string => `arn:aws:glue:${region}:${ownerAccount}:${resource}`;

let millrace: VerifyingMillrace;
const clients: GlueClient[] = [];
let owner: GlueClient;
let guestKey: Key;
let guest: GlueClient;

function glueOf(credentials: Key): GlueClient {
  const client = new GlueClient({ endpoint: millrace.process.url, region, credentials, maxAttempts: 1 });
  clients.push(client);
  return client;
}

beforeAll(async () => {
  millrace = await VerifyingMillrace.start(ownerAccount);
  owner = glueOf(millrace.root);
  const path = `${millrace.process.url}/_millrace/accounts/${guestAccount}`;
  const { accessKeyId, secretAccessKey } = millrace.root;
  const answer = await signedPost(path, { accessKeyId, secretKey: secretAccessKey });
  const made = (await answer.json()) as { accessKeyId: string; secretKey: string };
  guestKey = { accessKeyId: made.accessKeyId, secretAccessKey: made.secretKey };
  guest = glueOf(guestKey);
  await owner.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "shop" } }));
  for (const Name of ["orders", "salaries"]) await owner.send(new CreateTableCommand(tableInput(Name)));
});

afterAll(async () => {
  for (const client of clients) client.destroy();
  await millrace.dispose();
});

function tableInput(Name: string): CreateTableCommandInput {
  const Columns = [{ Name: "id", Type: "bigint" }];
  return {
    DatabaseName: "shop",
    TableInput: {
      Name,
      PartitionKeys: [{ Name: "year", Type: "int" }],
      StorageDescriptor: { Columns, Location: `s3://lake/${Name}/` },
    },
  };
}

/** A user of the guest's account who may do what is said. */
async function guestUser(UserName: string, Action: string): Promise<GlueClient> {
  const { iam } = millrace.as(guestKey);
  await iam.send(new CreateUserCommand({ UserName }));
  const Statement = { Effect: "Allow", Action, Resource: "*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return glueOf({
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  });
}

async function share(...resources: string[]): Promise<void> {
  const PolicyInJson = JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${guestAccount}:root` },
      Action: ["glue:GetTable", "glue:GetPartitions"],
      Resource: ["catalog", ...resources].map(arn),
    },
  });
  await owner.send(new PutResourcePolicyCommand({ PolicyInJson }));
}

const denied = { name: "AccessDeniedException" };

describe("a table of another account", () => {
  const orders = { CatalogId: ownerAccount, DatabaseName: "shop", Name: "orders" };

  it("is read with a grant by the catalog's policy, and not without", async () => {
    const get = (client: GlueClient, Name: string = "orders") =>
      client.send(new GetTableCommand({ ...orders, Name }));
    await expect(get(guest)).rejects.toMatchObject(denied);
    await share("database/shop", "table/shop/orders");
    expect((await get(guest)).Table?.StorageDescriptor?.Location).toBe("s3://lake/orders/");
    await expect(get(guest, "salaries")).rejects.toMatchObject(denied);
    await expect(
      guest.send(new CreateTableCommand({ ...tableInput("x"), CatalogId: ownerAccount })),
    ).rejects.toMatchObject(denied);
    const reader = await guestUser("reader", "glue:Get*");
    expect((await get(reader)).Table?.Name).toBe("orders");
    const writer = await guestUser("writer", "glue:CreateTable");
    await expect(get(writer)).rejects.toMatchObject(denied);
    await owner.send(new DeleteResourcePolicyCommand({}));
    await expect(get(guest)).rejects.toMatchObject(denied);
  });

  it("is read through resource links as long as it is shared", async () => {
    const TargetDatabase = { CatalogId: ownerAccount, DatabaseName: "shop" };
    await guest.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "link", TargetDatabase } }));
    await guest.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "own" } }));
    const TableInput = { Name: "linked", TargetTable: { ...TargetDatabase, Name: "orders" } };
    await guest.send(new CreateTableCommand({ DatabaseName: "own", TableInput }));
    const throughDatabase = (Name: string) => guest.send(new GetTableCommand({ DatabaseName: "link", Name }));
    const throughTable = () => guest.send(new GetTableCommand({ DatabaseName: "own", Name: "linked" }));
    const partitions = () =>
      guest.send(new GetPartitionsCommand({ DatabaseName: "own", TableName: "linked" }));
    await expect(throughDatabase("orders")).rejects.toMatchObject(denied);
    await expect(partitions()).rejects.toMatchObject(denied);
    expect((await throughTable()).Table?.StorageDescriptor).toBeUndefined();
    await share("database/shop", "table/shop/orders");
    expect((await throughDatabase("orders")).Table?.StorageDescriptor?.Location).toBe("s3://lake/orders/");
    await expect(throughDatabase("salaries")).rejects.toMatchObject(denied);
    const { Table } = await throughTable();
    expect(Table).toMatchObject({ Name: "linked", StorageDescriptor: { Location: "s3://lake/orders/" } });
    expect((await partitions()).Partitions).toEqual([]);
  });
});

describe("the password of a connection", () => {
  it("is encrypted under a key of KMS, and only opened by it", async () => {
    const { kms } = millrace.as(millrace.root);
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.Arn ?? "";
    const settings = (ReturnConnectionPasswordEncrypted: boolean) =>
      owner.send(
        new PutDataCatalogEncryptionSettingsCommand({
          DataCatalogEncryptionSettings: {
            ConnectionPasswordEncryption: { ReturnConnectionPasswordEncrypted, AwsKmsKeyId: KeyId },
          },
        }),
      );
    const properties = async (): Promise<Partial<Record<string, string>>> =>
      (await owner.send(new GetConnectionCommand({ Name: "db" }))).Connection?.ConnectionProperties ?? {};
    await settings(true);
    await owner.send(
      new CreateConnectionCommand({
        ConnectionInput: {
          Name: "db",
          ConnectionType: "JDBC",
          ConnectionProperties: {
            JDBC_CONNECTION_URL: "jdbc:mysql://h/d",
            USERNAME: "u",
            PASSWORD: "secret",
          },
        },
      }),
    );
    const { ENCRYPTED_PASSWORD = "", PASSWORD } = await properties();
    expect(PASSWORD).toBeUndefined();
    const CiphertextBlob = Buffer.from(ENCRYPTED_PASSWORD, "base64");
    const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob }));
    expect(Buffer.from(Plaintext ?? []).toString()).toBe("secret");
    await settings(false);
    expect((await properties())["PASSWORD"]).toBe("secret");
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    await expect(properties()).rejects.toMatchObject({ name: "GlueEncryptionException" });
  });
});
