import type { GetObjectAclOutput, GetObjectAclRequest } from "@aws-sdk/client-s3";
import { canonicalUserId } from "../../../core/canonical-user.ts";
import type { Input } from "../../../gateway/service.ts";
import { objectAcl, objectOwner } from "../access/acl-change.ts";
import { describeAcl } from "../access/acl-output.ts";
import { findObject } from "../object-lookup.ts";
import type { S3State } from "../state.ts";

export function getObjectAcl(state: S3State, input: Input<GetObjectAclRequest>): GetObjectAclOutput {
  const { bucket, version } = findObject(state, input, "GET");
  return describeAcl(objectAcl(bucket, version), canonicalUserId(objectOwner(bucket, version)));
}
