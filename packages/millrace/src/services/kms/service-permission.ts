import type { Permission } from "../../gateway/service.ts";
import type { EncryptionContext } from "./encryption-context.ts";
import type { Key } from "./key.ts";
import type { Owner } from "./key-arn.ts";
import { findKey } from "./key-lookup.ts";
import { encryptionContextKeys, found, keyContext } from "./permissions.ts";
import type { KmsState } from "./state.ts";

/** A use of a key by a service, on behalf of whoever calls the service. */
export interface ServiceUse {
  readonly action: "kms:Decrypt" | "kms:Encrypt" | "kms:GenerateDataKey";
  /** A key's id or ARN, an alias or its ARN. */
  readonly keyId: string;
  /** Where a name that is not an ARN is looked up. */
  readonly owner: Owner;
  /** The account of the service's caller. */
  readonly caller: string;
  /** The service by its name in `kms:ViaService`: `kinesis`, `s3`. */
  readonly service: string;
  readonly context: EncryptionContext;
}

/**
 * What the service's caller must be allowed to do with the key, whichever way it is named. Undefined when there
 * is no such key: using it is what fails then, or what makes an AWS managed key.
 */
export function servicePermission(state: KmsState, use: ServiceUse): Permission | undefined {
  const key: Key | undefined = found(() => findKey(state, use.keyId, use.owner));
  if (key === undefined) return undefined;
  return {
    action: use.action,
    resources: [key.arn],
    context: {
      "aws:ViaAWSService": "true",
      "kms:CallerAccount": use.caller,
      "kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
      "kms:ViaService": `${use.service}.${key.document.region}.amazonaws.com`,
      ...encryptionContextKeys(use.context),
      ...keyContext(state, key),
    },
  };
}
