import type { Call } from "../../gateway/call.ts";
import type { Bucket, ObjectAttributes } from "../../kernels/objects/index.ts";
import { newObjectSettings } from "./access/acl-change.ts";
import type { AclInput } from "./access/acl-input.ts";
import { type HeaderInput, headersOf, metadataOf, storageClassOf } from "./object-attributes.ts";
import { type LockInput, requestedLock } from "./object-lock.ts";
import { parseTagging } from "./object-tags.ts";

/** What PutObject, CreateMultipartUpload and CopyObject say of the object that they make. */
export interface NewObjectInput extends HeaderInput, LockInput, AclInput {
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
  readonly StorageClass?: string | undefined;
  readonly Tagging?: string | undefined;
}

/** The attributes of a new object as its writer asks for them. */
export function newObjectAttributes(
  bucket: Bucket,
  input: NewObjectInput,
  call: Call,
  nowMs: number,
): ObjectAttributes {
  return {
    headers: headersOf(input),
    metadata: metadataOf(input.Metadata),
    tags: parseTagging(input.Tagging),
    storageClass: storageClassOf(input.StorageClass),
    ...requestedLock(bucket, input, nowMs),
    settings: newObjectSettings(bucket, input, call.account),
  };
}
