import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeCustomKeyStoresCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
  ListGrantsCommand,
  ReplicateKeyCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
  SignCommand,
  VerifyCommand,
} from "@aws-sdk/client-kms";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

let millrace: MillraceProcess;
const clients: KMSClient[] = [];

function clientOf(region: string = "us-east-1"): KMSClient {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new KMSClient({ endpoint: millrace.url, region, credentials, maxAttempts: 1 });
  clients.push(client);
  return client;
}

beforeAll(async () => {
  millrace = await MillraceProcess.start();
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await millrace.dispose();
});

const Plaintext = Buffer.from("a secret");

describe("the SDK for JavaScript", () => {
  it("finds all that was acknowledged after kill -9", async () => {
    const kms = clientOf();
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ MultiRegion: true }));
    const KeyId = KeyMetadata?.KeyId ?? "";
    const before = await kms.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext: { a: "1" } }));
    await kms.send(new CreateAliasCommand({ AliasName: "alias/kept", TargetKeyId: KeyId }));
    const GranteePrincipal = "arn:aws:iam::000000000000:user/ann";
    await kms.send(new CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ["Decrypt"] }));
    await kms.send(new RotateKeyOnDemandCommand({ KeyId }));
    await kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: "eu-west-1" }));
    const signing = await kms.send(new CreateKeyCommand({ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" }));
    const message = {
      KeyId: signing.KeyMetadata?.KeyId ?? "",
      Message: Plaintext,
      SigningAlgorithm: "RSASSA_PSS_SHA_512",
    } as const;
    const { Signature } = await kms.send(new SignCommand(message));
    await millrace.kill();
    await millrace.start();
    const { CiphertextBlob } = before;
    for (const client of [clientOf(), clientOf("eu-west-1")]) {
      const opened = await client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { a: "1" } }));
      expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Plaintext);
    }
    const again = clientOf();
    const found = await again.send(new DescribeKeyCommand({ KeyId: "alias/kept" }));
    expect(found.KeyMetadata?.KeyId).toBe(KeyId);
    expect((await again.send(new ListGrantsCommand({ KeyId }))).Grants?.length).toBe(1);
    expect((await again.send(new VerifyCommand({ ...message, Signature }))).SignatureValid).toBe(true);
  });

  it("knows the errors by their classes", async () => {
    const kms = clientOf();
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.KeyId ?? "";
    const dataKey = new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256" });
    const { CiphertextBlob } = await kms.send(dataKey);
    const context = new DecryptCommand({ CiphertextBlob, EncryptionContext: { a: "1" } });
    await expect(kms.send(context)).rejects.toMatchObject({
      name: "InvalidCiphertextException",
      $fault: "client",
    });
    const dry = new EncryptCommand({ KeyId, Plaintext, DryRun: true });
    await expect(kms.send(dry)).rejects.toMatchObject({ name: "DryRunOperationException" });
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    await expect(kms.send(dataKey)).rejects.toMatchObject({
      name: "KMSInvalidStateException",
      message: `${KeyMetadata?.Arn} is pending deletion.`,
    });
    await expect(kms.send(new DescribeCustomKeyStoresCommand({}))).rejects.toMatchObject({
      name: "NotImplemented",
      $metadata: expect.objectContaining({ httpStatusCode: 501 }),
    });
  });
});
