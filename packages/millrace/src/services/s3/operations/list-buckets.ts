import type { Bucket, ListBucketsOutput, ListBucketsRequest } from "@aws-sdk/client-s3";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";
import { limits } from "../limits.ts";
import { ownerOf } from "../owner.ts";
import { openPage, sealPage } from "../page.ts";
import type { S3State } from "../state.ts";

export function listBuckets(state: S3State, input: Input<ListBucketsRequest>, call: Call): ListBucketsOutput {
  const { Prefix, BucketRegion } = input;
  const limit = pageSize(input.MaxBuckets);
  const token = input.ContinuationToken;
  const after = token === undefined ? "" : String(openPage(state, call, undefined, token));
  const rest = state.objects.buckets().filter(({ name, account, region }) => {
    const isAsked = BucketRegion === undefined || region === BucketRegion;
    return account === call.account && name > after && isAsked && name.startsWith(Prefix ?? "");
  });
  const page = rest.slice(0, limit);
  const last = page.at(-1)?.name;
  const isAskedFor = Object.values(input).some((value) => value !== undefined);
  return {
    Owner: ownerOf(call.account),
    Buckets: page.map(
      ({ name, createdAtMs, region }): Bucket => ({
        Name: name,
        CreationDate: new Date(Math.floor(createdAtMs / 1000) * 1000),
        // AWS tells the region only to those who ask for something.
        ...(isAskedFor ? { BucketRegion: region } : {}),
      }),
    ),
    ...(Prefix === undefined ? {} : { Prefix }),
    ...(page.length < rest.length && last !== undefined
      ? { ContinuationToken: sealPage(state, call, undefined, last) }
      : {}),
  };
}

function pageSize(asked: number | undefined): number {
  if (asked === undefined) return limits.bucketsPerPage;
  if (asked >= 1 && asked <= limits.bucketsPerPage) return asked;
  throw invalidArgument(
    `Argument max-buckets must be an integer between 1 and ${limits.bucketsPerPage}`,
    "max-buckets",
    String(asked),
  );
}
