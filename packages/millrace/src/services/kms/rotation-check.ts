import { unsupported } from "./errors.ts";
import type { Key } from "./key.ts";

/** Only symmetric encryption keys rotate, automatically only with material that KMS can make. */
export function requireRotatable(key: Key, automatic: boolean): void {
  const { spec, origin } = key.document;
  if (spec !== "SYMMETRIC_DEFAULT")
    throw unsupported(`${key.arn} key spec is ${spec} which is not valid for this operation.`);
  if (automatic && origin !== "AWS_KMS")
    throw unsupported(`${key.arn} origin is ${origin} which is not valid for this operation.`);
}

/** A replica has the rotation of its primary. */
export function requirePrimary(key: Key): void {
  if (key.document.multiRegion === "REPLICA")
    throw unsupported(`${key.arn} is a multi-region replica key, which is not valid for this operation.`);
}
