import type { CreateBucketOutput, CreateBucketRequest } from "@aws-sdk/client-s3";
import { ServiceError } from "../../../core/errors.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { createdBucketSettings } from "../access/acl-change.ts";
import { bucketArn } from "../arn.ts";
import { checkBucketName } from "../bucket-name.ts";
import type { BucketSettings } from "../bucket-settings.ts";
import { bucketTags } from "../bucket-tags.ts";
import { bucketExists, bucketOwnedByYou, notImplemented, tooManyBuckets } from "../errors.ts";
import { limits } from "../limits.ts";
import type { S3State } from "../state.ts";

/** The region whose endpoint once was the only one: buckets there have no location constraint. */
const firstRegion = "us-east-1";
/** What that region was called before it had a name; s3cmd signs CreateBucket for it. */
const firstRegionOnce = "US";

export async function createBucket(
  state: S3State,
  input: Input<CreateBucketRequest>,
  call: Call,
): Promise<CreateBucketOutput> {
  checkBucketName(input.Bucket);
  refuseUnknown(input);
  const endpointRegion = call.region === firstRegionOnce ? firstRegion : call.region;
  const region = bucketRegion(input.CreateBucketConfiguration?.LocationConstraint, endpointRegion);
  const answer = { Location: `/${input.Bucket}`, BucketArn: bucketArn(input.Bucket, region) };
  const existing = state.objects.bucket(input.Bucket);
  if (existing !== undefined) {
    if (existing.account !== call.account) throw bucketExists(input.Bucket);
    // As long as S3 exists, creating one's own bucket again is no error there.
    if (existing.region === firstRegion && region === firstRegion) return answer;
    throw bucketOwnedByYou(input.Bucket);
  }
  const owned = state.objects.buckets().filter(({ account }) => account === call.account).length;
  if (owned >= limits.bucketsPerAccount) throw tooManyBuckets();
  const objectLock = input.ObjectLockEnabledForBucket === true;
  await state.objects.createBucket({
    name: input.Bucket,
    account: call.account,
    region,
    createdAtMs: state.clock.now(),
    versioning: objectLock ? "enabled" : "off",
    objectLock,
    settings: { ...createdBucketSettings(input, call.account), ...taggedSettings(input) },
  });
  return answer;
}

function taggedSettings({ CreateBucketConfiguration }: Input<CreateBucketRequest>): BucketSettings {
  const tags = CreateBucketConfiguration?.Tags;
  return tags === undefined || tags.length === 0 ? {} : { tags: bucketTags(tags) };
}

function refuseUnknown({ CreateBucketConfiguration, BucketNamespace }: Input<CreateBucketRequest>): void {
  if (CreateBucketConfiguration?.Bucket !== undefined || CreateBucketConfiguration?.Location !== undefined)
    throw notImplemented("directory buckets (CreateBucketConfiguration.Bucket and Location)");
  if (BucketNamespace !== undefined && BucketNamespace !== "global")
    throw notImplemented("x-amz-bucket-namespace");
}

/** The region of a new bucket: the endpoint's own, unless the endpoint is that of the first region. */
function bucketRegion(constraint: string | undefined, endpointRegion: string): string {
  if (endpointRegion === firstRegion) {
    if (constraint === undefined) return firstRegion;
    if (constraint === firstRegion || !/^(?:EU|[a-z]{2}(?:-[a-z]+){1,2}-\d)$/.test(constraint))
      throw new ServiceError("InvalidLocationConstraint", "The specified location-constraint is not valid", {
        members: { LocationConstraint: constraint },
      });
    return constraint === "EU" ? "eu-west-1" : constraint;
  }
  const named = constraint === "EU" ? "eu-west-1" : constraint;
  if (named === endpointRegion) return named;
  throw new ServiceError(
    "IllegalLocationConstraintException",
    `The ${constraint ?? "unspecified"} location constraint is incompatible for the region specific endpoint ` +
      "this request was sent to.",
  );
}
