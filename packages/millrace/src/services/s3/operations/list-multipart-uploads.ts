import type {
  ListMultipartUploadsOutput,
  ListMultipartUploadsRequest,
  MultipartUpload,
} from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import type { Bucket, Upload } from "../../../kernels/objects/index.ts";
import { findBucket } from "../bucket-lookup.ts";
import { keyText, pageSize } from "../list-text.ts";
import { commonPrefixes, echoed, listOptions } from "../object-listing.ts";
import { objectOwner } from "../owner.ts";
import type { S3State } from "../state.ts";
import { storeUploadId, uploadIdOf } from "../upload-lookup.ts";

type UploadsInput = Input<ListMultipartUploadsRequest>;
type Page = ReturnType<S3State["objects"]["listUploads"]>;

export function listMultipartUploads(state: S3State, input: UploadsInput): ListMultipartUploadsOutput {
  const bucket = findBucket(state, input);
  const text = keyText(input.EncodingType);
  const limit = pageSize(input.MaxUploads, "max-uploads");
  const page = limit === 0 ? emptyPage : state.objects.listUploads(bucket.name, options(input, limit));
  return {
    Bucket: bucket.name,
    ...echoed(input),
    KeyMarker: text(input.KeyMarker ?? ""),
    UploadIdMarker: input.UploadIdMarker ?? "",
    ...(page.next === undefined ? {} : { NextKeyMarker: text(page.next) }),
    ...nextUploadId(page),
    MaxUploads: limit,
    IsTruncated: page.next !== undefined,
    ...(page.items.length === 0
      ? {}
      : { Uploads: page.items.map((upload) => listedUpload(bucket, upload, input)) }),
    ...commonPrefixes(page.commonPrefixes, text),
  };
}

const emptyPage: Page = Object.freeze({
  items: [],
  commonPrefixes: [],
  next: undefined,
  nextUploadId: undefined,
});

/** Without a key an upload's id says nothing about where to go on. */
function options(input: UploadsInput, limit: number): Parameters<S3State["objects"]["listUploads"]>[1] {
  const { KeyMarker, UploadIdMarker } = input;
  if (KeyMarker === undefined || KeyMarker === "") return { ...listOptions(input), limit };
  const afterUpload =
    UploadIdMarker === undefined || UploadIdMarker === ""
      ? {}
      : { afterUploadId: storeUploadId(UploadIdMarker) };
  return { ...listOptions(input), after: KeyMarker, ...afterUpload, limit };
}

function listedUpload(bucket: Bucket, upload: Upload, input: UploadsInput): MultipartUpload {
  const { checksum } = upload;
  const owner = objectOwner(bucket, upload.attributes);
  return {
    UploadId: uploadIdOf(upload),
    Key: keyText(input.EncodingType)(upload.key),
    Initiated: new Date(upload.startedAtMs),
    StorageClass: upload.attributes.storageClass as NonNullable<MultipartUpload["StorageClass"]>,
    Owner: owner,
    Initiator: owner,
    ...(checksum === undefined ? {} : { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
  };
}

/** A page that ends with a common prefix has no upload to go on behind. */
function nextUploadId({ items, nextUploadId: id }: Page): { NextUploadIdMarker?: string } {
  const last = items.find((upload) => upload.id === id);
  return last === undefined ? {} : { NextUploadIdMarker: uploadIdOf(last) };
}
