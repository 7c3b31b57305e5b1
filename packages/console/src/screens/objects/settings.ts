import type {
  BucketLifecycleConfiguration,
  CORSConfiguration,
  NotificationConfiguration,
  OwnershipControls,
  PublicAccessBlockConfiguration,
  S3,
} from "@aws-sdk/client-s3";

/** A part of a bucket's configuration that is one document. */
export interface Setting {
  /** In the address. */
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly example: object;
  /** Undefined when nothing is kept. */
  readonly read: (s3: S3, bucket: string) => Promise<object | undefined>;
  readonly write: (s3: S3, bucket: string, document: object) => Promise<unknown>;
  readonly remove?: (s3: S3, bucket: string) => Promise<unknown>;
}

/** Errors that say that nothing is configured. */
const absent: ReadonlySet<string> = new Set([
  "NoSuchBucketPolicy",
  "NoSuchLifecycleConfiguration",
  "NoSuchCORSConfiguration",
  "NoSuchTagSet",
  "NoSuchPublicAccessBlockConfiguration",
  "OwnershipControlsNotFoundError",
  "ServerSideEncryptionConfigurationNotFoundError",
]);

/** What a call answers, or undefined when AWS says that there is nothing. */
export async function orAbsent<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && absent.has(error.name)) return undefined;
    throw error;
  }
}

const policy: Setting = {
  id: "policy",
  title: "Policy",
  hint: "Who may do what with the bucket and its objects, beside what identity policies say.",
  example: {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ReadersOfTheLake",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::000000000000:role/reader" },
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::BUCKET/*",
      },
    ],
  },
  read: async (s3, Bucket) => {
    const output = await orAbsent(s3.getBucketPolicy({ Bucket }));
    return output?.Policy === undefined ? undefined : (JSON.parse(output.Policy) as object);
  },
  write: (s3, Bucket, document) => s3.putBucketPolicy({ Bucket, Policy: JSON.stringify(document) }),
  remove: (s3, Bucket) => s3.deleteBucketPolicy({ Bucket }),
};

const lifecycle: Setting = {
  id: "lifecycle",
  title: "Lifecycle",
  hint: "When objects expire or change their class, and when unfinished uploads are given up.",
  example: {
    Rules: [
      {
        ID: "old-versions",
        Status: "Enabled",
        Filter: { Prefix: "raw/" },
        Expiration: { Days: 30 },
        NoncurrentVersionExpiration: { NoncurrentDays: 7 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      },
    ],
  },
  read: async (s3, Bucket) => {
    const output = await orAbsent(s3.getBucketLifecycleConfiguration({ Bucket }));
    return output === undefined ? undefined : { Rules: output.Rules };
  },
  write: (s3, Bucket, document) =>
    s3.putBucketLifecycleConfiguration({
      Bucket,
      LifecycleConfiguration: document as BucketLifecycleConfiguration,
    }),
  remove: (s3, Bucket) => s3.deleteBucketLifecycle({ Bucket }),
};

const cors: Setting = {
  id: "cors",
  title: "CORS",
  hint: "Which pages of other origins may call the bucket from a browser.",
  example: {
    CORSRules: [
      { AllowedOrigins: ["https://example.com"], AllowedMethods: ["GET", "HEAD"], AllowedHeaders: ["*"] },
    ],
  },
  read: async (s3, Bucket) => {
    const output = await orAbsent(s3.getBucketCors({ Bucket }));
    return output === undefined ? undefined : { CORSRules: output.CORSRules };
  },
  write: (s3, Bucket, document) =>
    s3.putBucketCors({ Bucket, CORSConfiguration: document as CORSConfiguration }),
  remove: (s3, Bucket) => s3.deleteBucketCors({ Bucket }),
};

const notifications: Setting = {
  id: "notifications",
  title: "Notifications",
  hint: "What is told about new and deleted objects.",
  example: {
    LambdaFunctionConfigurations: [
      {
        LambdaFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:on-object",
        Events: ["s3:ObjectCreated:*"],
      },
    ],
  },
  read: async (s3, Bucket) => {
    const { $metadata: _, ...configuration } = await s3.getBucketNotificationConfiguration({ Bucket });
    const isEmpty = Object.values(configuration).every((value) => value === undefined);
    return isEmpty ? undefined : configuration;
  },
  write: (s3, Bucket, document) =>
    s3.putBucketNotificationConfiguration({
      Bucket,
      NotificationConfiguration: document as NotificationConfiguration,
    }),
  // AWS has no deletion: an empty configuration is one.
  remove: (s3, Bucket) => s3.putBucketNotificationConfiguration({ Bucket, NotificationConfiguration: {} }),
};

const publicAccess: Setting = {
  id: "public-access",
  title: "Public access",
  hint: "What of public policies and lists is refused or ignored. New buckets block all of it.",
  example: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  },
  read: async (s3, Bucket) =>
    (await orAbsent(s3.getPublicAccessBlock({ Bucket })))?.PublicAccessBlockConfiguration,
  write: (s3, Bucket, document) =>
    s3.putPublicAccessBlock({
      Bucket,
      PublicAccessBlockConfiguration: document as PublicAccessBlockConfiguration,
    }),
  remove: (s3, Bucket) => s3.deletePublicAccessBlock({ Bucket }),
};

const ownership: Setting = {
  id: "ownership",
  title: "Ownership",
  hint: "Whose objects are that others put: BucketOwnerEnforced, BucketOwnerPreferred or ObjectWriter.",
  example: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
  read: async (s3, Bucket) => (await orAbsent(s3.getBucketOwnershipControls({ Bucket })))?.OwnershipControls,
  write: (s3, Bucket, document) =>
    s3.putBucketOwnershipControls({ Bucket, OwnershipControls: document as OwnershipControls }),
  remove: (s3, Bucket) => s3.deleteBucketOwnershipControls({ Bucket }),
};

/** Everything of a bucket that is changed as a document. */
export const documentSettings: readonly Setting[] = [
  policy,
  publicAccess,
  ownership,
  lifecycle,
  cors,
  notifications,
];
