import type {
  ApplicationEncryptionConfigurationDescription,
  KeyType,
} from "@aws-sdk/client-kinesis-analytics-v2";
import { invalidArgument, unsupported } from "../errors.ts";

/** @throws ServiceError */
export function newEncryption(
  type: KeyType,
  keyId: string | undefined,
): ApplicationEncryptionConfigurationDescription {
  if (type === "CUSTOMER_MANAGED_KEY")
    throw unsupported("State is not encrypted under keys of KMS by Millrace: KeyType must be AWS_OWNED_KEY.");
  if (keyId !== undefined) throw invalidArgument("KeyId cannot be given with the key type AWS_OWNED_KEY.");
  return { KeyType: type };
}
