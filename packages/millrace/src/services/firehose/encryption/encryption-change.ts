import { messageOf, ServiceError } from "../../../core/errors.ts";
import type { FirehoseKeys, Owner } from "../dependencies.ts";
import type { EncryptionDocument, FailureDocument } from "../document.ts";

/** Why a key cannot be used now; undefined when it can. Failures that are not KMS's are thrown. */
export async function keyFailure(
  keys: FirehoseKeys,
  keyArn: string,
  owner: Owner,
): Promise<FailureDocument | undefined> {
  try {
    await keys.check(keyArn, owner);
    return undefined;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { type: failureType(String(error.members["code"] ?? "")), details: messageOf(error) };
  }
}

/** @param code KMS's. */
function failureType(code: string): FailureDocument["type"] {
  switch (code) {
    case "AccessDeniedException":
      return "KMS_ACCESS_DENIED";
    case "DisabledException":
      return "DISABLED_KMS_KEY";
    case "NotFoundException":
      return "KMS_KEY_NOT_FOUND";
    case "KMSInvalidStateException":
    case "InvalidKeyUsageException":
      return "INVALID_KMS_KEY";
    default:
      return "UNKNOWN_ERROR";
  }
}

/** What ENABLING or DISABLING ends in. */
export function encryptionEnded(
  encryption: EncryptionDocument,
  failure: FailureDocument | undefined,
): EncryptionDocument {
  const { coming, inForce, changesMs } = encryption;
  if (encryption.status === "DISABLING") return { status: "DISABLED", changesMs };
  if (encryption.status !== "ENABLING") return encryption;
  if (failure !== undefined)
    return {
      status: "ENABLING_FAILED",
      changesMs,
      failure,
      ...(inForce === undefined ? {} : { inForce }),
      ...(coming === undefined ? {} : { coming }),
    };
  return { status: "ENABLED", changesMs, ...(coming === undefined ? {} : { inForce: coming }) };
}
