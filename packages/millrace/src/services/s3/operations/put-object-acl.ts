import type { PutObjectAclOutput, PutObjectAclRequest } from "@aws-sdk/client-s3";
import type { Input } from "../../../gateway/service.ts";
import type { ObjectAttributes, ObjectVersion } from "../../../kernels/objects/index.ts";
import { changedObjectAcl } from "../access/acl-change.ts";
import { withObjectSettings } from "../bucket-settings.ts";
import { missingAcl } from "../configuration-errors.ts";
import { findObject } from "../object-lookup.ts";
import type { S3State } from "../state.ts";
import { attributesOf } from "../version-attributes.ts";

export async function putObjectAcl(
  state: S3State,
  input: Input<PutObjectAclRequest>,
): Promise<PutObjectAclOutput> {
  const { bucket, version } = findObject(state, input, "PUT");
  const acl = changedObjectAcl(bucket, version, input);
  if (acl === undefined) throw missingAcl();
  const change = (found: ObjectVersion): ObjectAttributes => ({
    ...attributesOf(found),
    settings: withObjectSettings(found, { acl }),
  });
  await state.objects.change(bucket.name, input.Key, version.versionId, change, "ObjectAcl:Put");
  return {};
}
