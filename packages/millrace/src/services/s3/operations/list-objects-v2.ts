import type { ListObjectsV2Output, ListObjectsV2Request } from "@aws-sdk/client-s3";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { findBucket } from "../bucket-lookup.ts";
import { invalidArgument } from "../errors.ts";
import { keyText } from "../list-text.ts";
import { commonPrefixes, echoed, listedObject, listPage } from "../object-listing.ts";
import { openPage, sealPage } from "../page.ts";
import type { S3State } from "../state.ts";

export function listObjectsV2(
  state: S3State,
  input: Input<ListObjectsV2Request>,
  call: Call,
): ListObjectsV2Output {
  const bucket = findBucket(state, input);
  const text = keyText(input.EncodingType);
  const { ContinuationToken: token, StartAfter } = input;
  if (token === "")
    throw invalidArgument("The continuation token provided is incorrect", "continuation-token");
  const after = token === undefined ? StartAfter : String(openPage(state, call, bucket.name, token));
  const { page, limit } = listPage(state, bucket, input, after);
  const about = { withOwner: input.FetchOwner === true, nowMs: state.clock.now() };
  return {
    Name: bucket.name,
    ...echoed(input),
    ...(token === undefined ? {} : { ContinuationToken: token }),
    ...(StartAfter === undefined || StartAfter === "" ? {} : { StartAfter: text(StartAfter) }),
    MaxKeys: limit,
    KeyCount: page.items.length + page.commonPrefixes.length,
    IsTruncated: page.next !== undefined,
    ...(page.next === undefined
      ? {}
      : { NextContinuationToken: sealPage(state, call, bucket.name, page.next) }),
    ...(page.items.length === 0
      ? {}
      : { Contents: page.items.map((version) => listedObject(bucket, version, input, about)) }),
    ...commonPrefixes(page.commonPrefixes, text),
  };
}
