import type { Call } from "../../gateway/call.ts";
import type { Permission } from "../../gateway/service.ts";
import { parseCopySource } from "./copy-source.ts";
import { partPermissions } from "./decrypt-permissions.ts";
import { objectPermission } from "./permissions.ts";
import { type ReadActions, readPermissions } from "./read-permissions.ts";
import type { S3State } from "./state.ts";
import type { UploadInput } from "./upload-lookup.ts";
import { type WriteInput, writePermissions } from "./write-permissions.ts";

type CopyInput = WriteInput & {
  readonly CopySource: string;
  readonly TaggingDirective?: string | undefined;
};

const withTags: ReadActions = Object.freeze({
  current: Object.freeze(["s3:GetObject", "s3:GetObjectTagging"]),
  versioned: Object.freeze(["s3:GetObjectVersion", "s3:GetObjectVersionTagging"]),
});

/** Reading the source, its tags too when it has some that are copied, and writing the copy. */
export function copyPermissions(state: S3State, input: CopyInput, call: Call): readonly Permission[] {
  const { bucket: Bucket, key: Key, versionId: VersionId } = parseCopySource(input.CopySource);
  const source = state.objects.bucket(Bucket) && state.objects.find(Bucket, Key, VersionId);
  const copiesTags = input.TaggingDirective !== "REPLACE" && Object.keys(source?.tags ?? {}).length > 0;
  const reading = readPermissions(state, { Bucket, Key, VersionId }, call, copiesTags ? withTags : undefined);
  const tagging = copiesTags
    ? [objectPermission(state, input.Bucket, input.Key, "s3:PutObjectTagging", call)]
    : [];
  return [...reading, ...writePermissions(state, input, call), ...tagging];
}

/** A part needs no more of its source than the bytes. */
export function partCopyPermissions(
  state: S3State,
  input: UploadInput & { readonly CopySource: string },
  call: Call,
): readonly Permission[] {
  const { bucket: Bucket, key: Key, versionId: VersionId } = parseCopySource(input.CopySource);
  return [
    ...readPermissions(state, { Bucket, Key, VersionId }, call),
    ...partPermissions(state, input, call),
  ];
}
