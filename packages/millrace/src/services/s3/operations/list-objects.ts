import type { ListObjectsOutput, ListObjectsRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { keyText } from "../list-text.ts";
import { commonPrefixes, echoed, listedObject, listPage } from "../object-listing.ts";
import type { S3State } from "../state.ts";

export function listObjects(state: S3State, input: Input<ListObjectsRequest>): ListObjectsOutput {
  const bucket = findBucket(state, input);
  const text = keyText(input.EncodingType);
  const { page, limit } = listPage(state, bucket, input, input.Marker);
  const about = { withOwner: true, nowMs: state.clock.now() };
  return {
    Name: bucket.name,
    ...echoed(input),
    Marker: text(input.Marker ?? ""),
    MaxKeys: limit,
    IsTruncated: page.next !== undefined,
    // Without a delimiter AWS leaves it to the client to take the last key.
    ...(page.next === undefined || input.Delimiter === undefined ? {} : { NextMarker: text(page.next) }),
    ...(page.items.length === 0
      ? {}
      : { Contents: page.items.map((version) => listedObject(bucket, version, input, about)) }),
    ...commonPrefixes(page.commonPrefixes, text),
  };
}
