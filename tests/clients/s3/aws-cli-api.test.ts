import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VerifyingMillrace } from "../../fixtures/verifying-millrace.ts";
import { virtualEnvironment } from "../python/virtual-environment.ts";
import { ClientPrograms } from "./client-programs.ts";
import { TemporaryFolder } from "./file-tree.ts";

const bucket = ["--bucket", "api"] as const;
let millrace: VerifyingMillrace;
let programs: ClientPrograms;
let folder: TemporaryFolder;

beforeAll(async () => {
  await ClientPrograms.requireAws();
  millrace = await VerifyingMillrace.start("123456789012");
  programs = new ClientPrograms(millrace, (await virtualEnvironment()).python);
  folder = await TemporaryFolder.make();
  await s3api("create-bucket", ...bucket);
});
afterAll(async () => {
  await millrace.dispose();
  await folder[Symbol.asyncDispose]();
});

const s3api = (...args: readonly string[]) => programs.s3api(...args);

/** A file with that content. */
async function file(name: string, content: string): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, content);
  return path;
}

async function put(key: string, content: string, ...more: readonly string[]) {
  const body = await file("body", content);
  return await s3api("put-object", ...bucket, "--key", key, "--body", body, ...more);
}

/** What the CLI says of a call that fails. */
async function refusal(...args: readonly string[]): Promise<string> {
  const { exitCode, stderr } = await programs.tryAws("s3api", ...args);
  expect(exitCode).toBe(254);
  return /\((\w+)\)/.exec(stderr)?.[1] ?? stderr;
}

describe("the AWS CLI's s3api", () => {
  it("writes on conditions", async () => {
    const { ETag } = await put("once", "1");
    const body = await file("other", "2");
    const again = ["s3api", "put-object", ...bucket, "--key", "once", "--body", body];
    for (const condition of [
      ["--if-none-match", "*"],
      ["--if-match", '"0"'],
    ])
      expect((await programs.tryFirstAws(...again, ...condition)).stderr).toContain("(PreconditionFailed)");
    expect((await programs.tryFirstAws(...again, "--if-match", `${ETag}`)).exitCode).toBe(0);
    const read = ["get-object", ...bucket, "--key", "once"];
    expect(await refusal(...read, "--if-match", `${ETag}`, "/dev/null")).toBe("PreconditionFailed");
    expect(await refusal(...read, "--if-none-match", "*", "/dev/null")).toBe("304");
    expect(await refusal(...read, "--range", "bytes=9-", "/dev/null")).toBe("InvalidRange");
  });

  it("keeps versions, tags and metadata", async () => {
    await s3api("put-bucket-versioning", ...bucket, "--versioning-configuration", "Status=Enabled");
    const first = await put("v", "first", "--tagging", "a=1&b=2", "--metadata", "colour=blue");
    await put("v", "second");
    const { VersionId } = await s3api("delete-object", ...bucket, "--key", "v");
    expect(await refusal("get-object", ...bucket, "--key", "v", "/dev/null")).toBe("NoSuchKey");
    const old = ["--key", "v", "--version-id", `${first["VersionId"]}`];
    const back = join(folder.path, "back");
    expect(await s3api("get-object", ...bucket, ...old, back)).toMatchObject({
      Metadata: { colour: "blue" },
      TagCount: 2,
    });
    expect(await readFile(back, "utf8")).toBe("first");
    const tagging = ["--tagging", "TagSet=[{Key=c,Value=3}]"];
    await s3api("put-object-tagging", ...bucket, ...old, ...tagging);
    expect(await s3api("get-object-tagging", ...bucket, ...old)).toMatchObject({
      TagSet: [{ Key: "c", Value: "3" }],
    });
    expect(await s3api("list-object-versions", ...bucket, "--prefix", "v")).toMatchObject({
      Versions: [{ IsLatest: false }, { VersionId: first["VersionId"] }],
      DeleteMarkers: [{ VersionId, IsLatest: true }],
    });
    await s3api("delete-object", ...bucket, "--key", "v", "--version-id", `${VersionId}`);
    await s3api("get-object", ...bucket, "--key", "v", back);
    expect(await readFile(back, "utf8")).toBe("second");
  });

  it("configures lifecycle and encryption", async () => {
    const Rules = [
      { ID: "old", Status: "Enabled", Filter: { Prefix: "logs/" }, Expiration: { Days: 7 } },
      {
        ID: "parts",
        Status: "Enabled",
        Filter: { And: { Prefix: "", Tags: [{ Key: "a", Value: "b" }], ObjectSizeGreaterThan: 5 } },
        Transitions: [{ Days: 30, StorageClass: "GLACIER" }],
      },
    ];
    const lifecycle = ["--lifecycle-configuration", JSON.stringify({ Rules })];
    await s3api("put-bucket-lifecycle-configuration", ...bucket, ...lifecycle);
    expect(await s3api("get-bucket-lifecycle-configuration", ...bucket)).toMatchObject({ Rules });
    await put("logs/1", "of today");
    const head = await s3api("head-object", ...bucket, "--key", "logs/1");
    expect(head["Expiration"]).toMatch(/^expiry-date=".* 00:00:00 GMT", rule-id="old"$/);

    const { KeyMetadata } = JSON.parse(await programs.aws("kms", "create-key")) as {
      KeyMetadata: { KeyId: string; Arn: string };
    };
    const ApplyServerSideEncryptionByDefault = {
      SSEAlgorithm: "aws:kms",
      KMSMasterKeyID: KeyMetadata.KeyId,
    };
    const encryption = JSON.stringify({
      Rules: [{ ApplyServerSideEncryptionByDefault, BucketKeyEnabled: true }],
    });
    const configuration = ["--server-side-encryption-configuration", encryption];
    await s3api("put-bucket-encryption", ...bucket, ...configuration);
    expect(await put("secret", "whispered")).toMatchObject({
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: KeyMetadata.Arn,
      BucketKeyEnabled: true,
    });
    await programs.aws("kms", "disable-key", "--key-id", KeyMetadata.KeyId);
    expect(await refusal("get-object", ...bucket, "--key", "secret", "/dev/null")).toContain("Disabled");
    await programs.aws("kms", "enable-key", "--key-id", KeyMetadata.KeyId);
    const back = join(folder.path, "secret");
    await s3api("get-object", ...bucket, "--key", "secret", back);
    expect(await readFile(back, "utf8")).toBe("whispered");
    await s3api("delete-bucket-encryption", ...bucket);
  });

  it("asks an object in SQL", async () => {
    await put("people.csv", "name,age\nAda,36\nGrace,85\n");
    const out = join(folder.path, "selected");
    await s3api(
      ...["select-object-content", ...bucket, "--key", "people.csv", "--expression-type", "SQL"],
      ...["--expression", "SELECT s.name FROM S3Object s WHERE CAST(s.age AS INT) > 40"],
      ...["--input-serialization", '{"CSV":{"FileHeaderInfo":"USE"}}'],
      ...["--output-serialization", '{"JSON":{}}', out],
    );
    expect(await readFile(out, "utf8")).toBe('{"name":"Grace"}\n');
  });

  it("locks objects", async () => {
    const locked = ["--bucket", "locked"] as const;
    await s3api("create-bucket", ...locked, "--object-lock-enabled-for-bucket");
    const DefaultRetention = { Mode: "GOVERNANCE", Days: 1 };
    const rule = JSON.stringify({ ObjectLockEnabled: "Enabled", Rule: { DefaultRetention } });
    await s3api("put-object-lock-configuration", ...locked, "--object-lock-configuration", rule);
    const body = await file("law", "stands");
    const { VersionId } = await s3api("put-object", ...locked, "--key", "law", "--body", body);
    const version = [...locked, "--key", "law", "--version-id", `${VersionId}`];
    expect(await s3api("get-object-retention", ...version)).toMatchObject({
      Retention: { Mode: "GOVERNANCE" },
    });
    expect(await refusal("delete-object", ...version)).toBe("AccessDenied");
    await s3api("put-object-legal-hold", ...version, "--legal-hold", "Status=ON");
    expect(await refusal("delete-object", ...version, "--bypass-governance-retention")).toBe("AccessDenied");
    await s3api("put-object-legal-hold", ...version, "--legal-hold", "Status=OFF");
    await s3api("delete-object", ...version, "--bypass-governance-retention");
    expect(await refusal("head-object", ...version)).toBe("404");
  });

  it("waits, and says what Millrace does not have", async () => {
    await s3api("wait", "object-exists", ...bucket, "--key", "once");
    await s3api("wait", "bucket-not-exists", "--bucket", "nowhere");
    expect(await refusal("get-bucket-replication", ...bucket)).toBe("NotImplemented");
    expect(await refusal("create-bucket", "--bucket", "UPPER")).toBe("InvalidBucketName");
  });
});
