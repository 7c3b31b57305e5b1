import type { Call } from "../../gateway/call.ts";
import type { Bucket, Encryption, EncryptionRequest } from "../../kernels/objects/index.ts";
import { bucketArn, objectArn } from "./arn.ts";
import { blocksCustomerKeys, defaultEncryptionOf } from "./bucket-settings.ts";
import { type CustomerKeyInput, customerKey } from "./customer-key.ts";
import { accessDenied, invalidArgument, notImplemented, signatureNeeded } from "./errors.ts";
import type { S3State } from "./state.ts";

/** The headers by which a writer asks for encryption. */
export interface EncryptionInput extends CustomerKeyInput {
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSEKMSEncryptionContext?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
}

const argument = "x-amz-server-side-encryption";

/** How a new object is encrypted: as its writer asks, else as its bucket says, else not at all. */
export async function requestedEncryption(
  state: S3State,
  bucket: Bucket,
  key: string,
  input: EncryptionInput,
  call: Call,
): Promise<EncryptionRequest> {
  const own = customerKey(input);
  if (own !== undefined) {
    if (input.ServerSideEncryption !== undefined)
      throw invalidArgument(
        "Server Side Encryption with Customer provided key is incompatible with the encryption method specified",
        argument,
        input.ServerSideEncryption,
      );
    if (blocksCustomerKeys(bucket)) throw accessDenied();
    return { encryption: { kind: "customer", keyMd5: own.md5 }, customerKey: own.key };
  }
  const asked = askedEncryption(bucket, input);
  if (asked === undefined) return { encryption: { kind: "none" } };
  if (asked.algorithm === "AES256") return { encryption: { kind: "service" } };
  if (call.principal.kind === "anonymous") throw signatureNeeded();
  const { bucketKey } = asked;
  const owner = { account: call.account, region: bucket.region };
  const keyId = await state.keys.keyArn(asked.keyId, owner);
  const context = encryptionContext(bucket, key, input, bucketKey);
  return { encryption: { kind: "kms", keyId, context, bucketKey } };
}

/** What KMS is told of a new object: with a bucket key it sees the bucket, without one each object. */
export function encryptionContext(
  { name, region }: Bucket,
  key: string,
  input: EncryptionInput,
  bucketKey: boolean,
): Readonly<Record<string, string>> {
  const arn = bucketKey ? bucketArn(name, region) : objectArn(name, key, region);
  return { ...readContext(input.SSEKMSEncryptionContext), "aws:s3:arn": arn };
}

interface Asked {
  readonly algorithm: "AES256" | "aws:kms";
  readonly keyId: string | undefined;
  readonly bucketKey: boolean;
}

/** What the headers ask for; the bucket's default fills in what they leave open. Undefined: nothing. */
export function askedEncryption(bucket: Bucket, input: EncryptionInput): Asked | undefined {
  const { ServerSideEncryption: algorithm, SSEKMSKeyId: keyId, BucketKeyEnabled: bucketKey } = input;
  const standard = defaultEncryptionOf(bucket);
  if (algorithm === undefined || algorithm === "AES256") {
    if (
      (keyId !== undefined && algorithm !== undefined) ||
      (keyId !== undefined && standard?.algorithm !== "aws:kms")
    )
      throw invalidArgument(
        "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
        argument,
        algorithm,
      );
    if (algorithm === "AES256") return { algorithm, keyId: undefined, bucketKey: false };
    if (standard?.algorithm === undefined) return undefined;
    return {
      algorithm: standard.algorithm,
      keyId: keyId ?? standard.keyId,
      bucketKey: bucketKey ?? standard.bucketKey,
    };
  }
  if (algorithm === "aws:kms:dsse") throw notImplemented("x-amz-server-side-encryption: aws:kms:dsse");
  if (algorithm !== "aws:kms")
    throw invalidArgument("The encryption method specified is not supported", argument, algorithm);
  const isDefault = standard?.algorithm === "aws:kms";
  return {
    algorithm,
    keyId: keyId ?? (isDefault ? standard.keyId : undefined),
    bucketKey: bucketKey ?? (isDefault && standard.bucketKey),
  };
}

/** Base64 of JSON: an object of texts. */
function readContext(text: string | undefined): Readonly<Record<string, string>> {
  if (text === undefined) return {};
  const wrong = (): Error =>
    invalidArgument(
      "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which " +
        "represents a string-string map",
      "x-amz-server-side-encryption-context",
      text,
    );
  let context: unknown;
  try {
    context = JSON.parse(Buffer.from(text, "base64").toString("utf8"));
  } catch {
    throw wrong();
  }
  if (typeof context !== "object" || context === null || Array.isArray(context)) throw wrong();
  if (!Object.values(context).every((value) => typeof value === "string")) throw wrong();
  return context as Record<string, string>;
}

/** What answers say about the encryption of an object; nothing of an object that is not encrypted. */
export function encryptionMembers(encryption: Encryption): {
  ServerSideEncryption?: "AES256" | "aws:kms";
  SSEKMSKeyId?: string;
  BucketKeyEnabled?: boolean;
  SSECustomerAlgorithm?: string;
  SSECustomerKeyMD5?: string;
} {
  switch (encryption.kind) {
    case "none":
      return {};
    case "service":
      return { ServerSideEncryption: "AES256" };
    case "kms":
      return {
        ServerSideEncryption: "aws:kms",
        SSEKMSKeyId: encryption.keyId,
        ...(encryption.bucketKey ? { BucketKeyEnabled: true } : {}),
      };
    case "customer":
      return { SSECustomerAlgorithm: "AES256", SSECustomerKeyMD5: encryption.keyMd5 };
  }
}
