import type { Call } from "../../gateway/call.ts";
import type { Permission } from "../../gateway/service.ts";
import type { Bucket, Encryption, Upload } from "../../kernels/objects/index.ts";
import { signatureNeeded } from "./errors.ts";
import { objectPermission } from "./permissions.ts";
import type { S3State } from "./state.ts";
import { storeUploadId, type UploadInput } from "./upload-lookup.ts";

/** A reader must be allowed to decrypt with the key of KMS that an object, or an upload, is under. */
export function decryptPermissions(
  state: S3State,
  { region }: Bucket,
  { encryption }: { readonly encryption: Encryption },
  call: Call,
): readonly Permission[] {
  if (encryption.kind !== "kms") return [];
  const { keyId, context } = encryption;
  const owner = { account: call.account, region };
  const use = { action: "kms:Decrypt", keyId, owner, caller: call.account, context } as const;
  const permission = state.keys.permission(use);
  if (permission === undefined) return [];
  return [call.principal.kind === "anonymous" ? { ...permission, refusal: signatureNeeded } : permission];
}

/** A part: AWS reads the parts again when it joins them, and asks for that with each of them. */
export function partPermissions(state: S3State, input: UploadInput, call: Call): readonly Permission[] {
  return [writing(state, input, call), ...uploadKeyPermissions(state, input, call)];
}

/** Joining the parts needs their key only where the whole gets a checksum. */
export function completePermissions(state: S3State, input: UploadInput, call: Call): readonly Permission[] {
  const hasChecksum = ({ checksum }: Upload): boolean => checksum !== undefined;
  return [writing(state, input, call), ...uploadKeyPermissions(state, input, call, hasChecksum)];
}

function writing(state: S3State, { Bucket, Key }: UploadInput, call: Call): Permission {
  return objectPermission(state, Bucket, Key, "s3:PutObject", call);
}

function uploadKeyPermissions(
  state: S3State,
  { Bucket, Key, UploadId }: UploadInput,
  call: Call,
  isAsked: (upload: Upload) => boolean = () => true,
): readonly Permission[] {
  const bucket = state.objects.bucket(Bucket);
  const upload = bucket && state.objects.upload(Bucket, Key, storeUploadId(UploadId));
  if (bucket === undefined || upload === undefined || !isAsked(upload)) return [];
  return decryptPermissions(state, bucket, upload, call);
}
