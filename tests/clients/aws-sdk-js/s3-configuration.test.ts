import { S3 } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

const Bucket = "configured";
let millrace: MillraceProcess;
let s3: S3;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  s3 = new S3({
    endpoint: millrace.url,
    region: "us-east-1",
    credentials,
    forcePathStyle: true,
    maxAttempts: 1,
  });
  await s3.createBucket({ Bucket, ObjectOwnership: "BucketOwnerPreferred" });
});
afterAll(async () => {
  s3.destroy();
  await millrace.dispose();
});

async function without(answer: Promise<{ $metadata: unknown }>): Promise<unknown> {
  const { $metadata: _, ...members } = await answer;
  return members;
}

async function code(answer: Promise<unknown>): Promise<string> {
  return await answer.then(
    () => "OK",
    (error: unknown) => (error as Error).name,
  );
}

describe("what is put comes back, over a crash, and goes when it is deleted", () => {
  const lifecycle = [
    { ID: "all", Status: "Enabled" as const, Filter: {}, Expiration: { Days: 400 } },
    {
      ID: "some",
      Status: "Disabled" as const,
      Filter: { And: { Prefix: "a/", Tags: [{ Key: "k", Value: "" }], ObjectSizeLessThan: 1_000_000 } },
      Expiration: { Date: new Date(Date.UTC(2040, 0, 1)) },
      Transitions: [{ Date: new Date(Date.UTC(2039, 0, 1)), StorageClass: "GLACIER" as const }],
      NoncurrentVersionExpiration: { NoncurrentDays: 90, NewerNoncurrentVersions: 2 },
      NoncurrentVersionTransitions: [{ NoncurrentDays: 30, StorageClass: "STANDARD_IA" as const }],
    },
    {
      ID: "old",
      Status: "Enabled" as const,
      Prefix: "",
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
    },
    {
      ID: "tag",
      Status: "Enabled" as const,
      Filter: { Tag: { Key: "a", Value: "b" } },
      Expiration: { Days: 9 },
    },
    {
      ID: "markers",
      Status: "Enabled" as const,
      Filter: { Prefix: "m/" },
      Expiration: { ExpiredObjectDeleteMarker: true },
    },
  ];
  const cors = [
    { AllowedOrigins: ["*"], AllowedMethods: ["GET", "HEAD"] },
    {
      ID: "app",
      AllowedOrigins: ["https://a", "https://b"],
      AllowedMethods: ["PUT"],
      AllowedHeaders: ["*"],
      ExposeHeaders: ["ETag", "x-amz-id-2"],
      MaxAgeSeconds: 0,
    },
  ];
  const notifications = {
    QueueConfigurations: [
      {
        Id: "q",
        QueueArn: "arn:aws:sqs:us-east-1:000000000000:q",
        Events: ["s3:ObjectCreated:*" as const, "s3:ObjectRemoved:Delete" as const],
        Filter: { Key: { FilterRules: [{ Name: "prefix" as const, Value: "a/" }] } },
      },
    ],
    LambdaFunctionConfigurations: [
      {
        Id: "l",
        LambdaFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:f",
        Events: ["s3:ObjectTagging:*" as const],
      },
    ],
    EventBridgeConfiguration: {},
  };
  const blocked = {
    BlockPublicAcls: true,
    IgnorePublicAcls: false,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: true,
  };
  const encryption = {
    Rules: [
      {
        ApplyServerSideEncryptionByDefault: {
          SSEAlgorithm: "aws:kms" as const,
          KMSMasterKeyID: "alias/none",
        },
        BucketKeyEnabled: true,
      },
    ],
  };
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: `arn:aws:s3:::${Bucket}/*` },
  });
  const tags = [{ Key: "empty", Value: "" }];

  const cases: readonly [
    name: string,
    put: () => Promise<unknown>,
    get: () => Promise<unknown>,
    expected: unknown,
  ][] = [
    [
      "lifecycle",
      () => s3.putBucketLifecycleConfiguration({ Bucket, LifecycleConfiguration: { Rules: lifecycle } }),
      async () => (await s3.getBucketLifecycleConfiguration({ Bucket })).Rules,
      lifecycle,
    ],
    [
      "CORS",
      () => s3.putBucketCors({ Bucket, CORSConfiguration: { CORSRules: cors } }),
      async () => (await s3.getBucketCors({ Bucket })).CORSRules,
      cors,
    ],
    [
      "notifications",
      () =>
        s3.putBucketNotificationConfiguration({
          Bucket,
          NotificationConfiguration: notifications,
          SkipDestinationValidation: true,
        }),
      () => without(s3.getBucketNotificationConfiguration({ Bucket })),
      notifications,
    ],
    [
      "public access block",
      () => s3.putPublicAccessBlock({ Bucket, PublicAccessBlockConfiguration: blocked }),
      async () => (await s3.getPublicAccessBlock({ Bucket })).PublicAccessBlockConfiguration,
      blocked,
    ],
    [
      "encryption",
      () => s3.putBucketEncryption({ Bucket, ServerSideEncryptionConfiguration: encryption }),
      async () => (await s3.getBucketEncryption({ Bucket })).ServerSideEncryptionConfiguration,
      encryption,
    ],
    [
      "policy",
      () => s3.putBucketPolicy({ Bucket, Policy: policy }),
      async () => (await s3.getBucketPolicy({ Bucket })).Policy,
      policy,
    ],
    [
      "tags",
      () => s3.putBucketTagging({ Bucket, Tagging: { TagSet: tags } }),
      async () => (await s3.getBucketTagging({ Bucket })).TagSet,
      tags,
    ],
    [
      "ownership",
      () =>
        s3.putBucketOwnershipControls({
          Bucket,
          OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
        }),
      async () => (await s3.getBucketOwnershipControls({ Bucket })).OwnershipControls,
      { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
    ],
    [
      "versioning",
      () => s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
      () => without(s3.getBucketVersioning({ Bucket })),
      { Status: "Enabled" },
    ],
    [
      "object lock",
      () =>
        s3.putObjectLockConfiguration({
          Bucket,
          ObjectLockConfiguration: {
            ObjectLockEnabled: "Enabled",
            Rule: { DefaultRetention: { Mode: "GOVERNANCE", Years: 1 } },
          },
        }),
      async () => (await s3.getObjectLockConfiguration({ Bucket })).ObjectLockConfiguration,
      { ObjectLockEnabled: "Enabled", Rule: { DefaultRetention: { Mode: "GOVERNANCE", Years: 1 } } },
    ],
    [
      "list",
      async () => {
        const { Owner } = await s3.getBucketAcl({ Bucket });
        const Grantee = { Type: "Group" as const, URI: "http://acs.amazonaws.com/groups/s3/LogDelivery" };
        const Grants = [{ Grantee, Permission: "WRITE" as const }];
        await s3.putBucketAcl({ Bucket, AccessControlPolicy: { Owner, Grants } });
      },
      async () => (await s3.getBucketAcl({ Bucket })).Grants,
      [
        {
          Grantee: { Type: "Group", URI: "http://acs.amazonaws.com/groups/s3/LogDelivery" },
          Permission: "WRITE",
        },
      ],
    ],
  ];

  it.each(cases)("%s", async (_, put, get, expected) => {
    await put();
    expect(await get()).toEqual(expected);
  });

  it("after a crash", async () => {
    await millrace.kill();
    await millrace.start();
    for (const [, , get, expected] of cases) expect(await get()).toEqual(expected);
  });

  it("until it is deleted", async () => {
    await s3.deleteBucketLifecycle({ Bucket });
    await s3.deleteBucketCors({ Bucket });
    await s3.deletePublicAccessBlock({ Bucket });
    await s3.deleteBucketEncryption({ Bucket });
    await s3.deleteBucketPolicy({ Bucket });
    await s3.deleteBucketTagging({ Bucket });
    await s3.deleteBucketOwnershipControls({ Bucket });
    const codes = [
      s3.getBucketLifecycleConfiguration({ Bucket }),
      s3.getBucketCors({ Bucket }),
      s3.getPublicAccessBlock({ Bucket }),
      s3.getBucketEncryption({ Bucket }),
      s3.getBucketPolicy({ Bucket }),
      s3.getBucketTagging({ Bucket }),
      s3.getBucketOwnershipControls({ Bucket }),
    ].map(code);
    expect(await Promise.all(codes)).toEqual([
      "NoSuchLifecycleConfiguration",
      "NoSuchCORSConfiguration",
      "NoSuchPublicAccessBlockConfiguration",
      "ServerSideEncryptionConfigurationNotFoundError",
      "NoSuchBucketPolicy",
      "NoSuchTagSet",
      "OwnershipControlsNotFoundError",
    ]);
  });
});

it("a rule without anything to do is malformed or refused", async () => {
  const put = (rule: object) =>
    code(
      s3.putBucketLifecycleConfiguration({
        Bucket,
        LifecycleConfiguration: { Rules: [{ Status: "Enabled", ...rule }] },
      }),
    );
  expect(await put({ Filter: {} })).toBe("InvalidRequest");
  expect(await put({ Expiration: { Days: 1 } })).toBe("MalformedXML");
  expect(await put({ Filter: {}, Expiration: { Days: 0 } })).toBe("InvalidArgument");
});

it("an expired date is followed at once", async () => {
  await s3.createBucket({ Bucket: "expiring" });
  await s3.putObject({ Bucket: "expiring", Key: "logs/a", Body: "x" });
  await s3.putObject({ Bucket: "expiring", Key: "data/a", Body: "x" });
  const Rules = [
    { ID: "r", Status: "Enabled" as const, Filter: { Prefix: "logs/" }, Expiration: { Date: new Date(0) } },
  ];
  await s3.putBucketLifecycleConfiguration({ Bucket: "expiring", LifecycleConfiguration: { Rules } });
  const keys = async () => (await s3.listObjectsV2({ Bucket: "expiring" })).Contents?.map(({ Key }) => Key);
  await expect.poll(keys, { timeout: 20_000, interval: 200 }).toEqual(["data/a"]);
});
