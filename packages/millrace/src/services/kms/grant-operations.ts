import type { GrantOperation } from "@aws-sdk/client-kms";
import { validation } from "./errors.ts";
import type { Key } from "./key.ts";

const always: readonly GrantOperation[] = ["CreateGrant", "DescribeKey", "RetireGrant"];
const encryption: readonly GrantOperation[] = ["Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo"];
const dataKeys: readonly GrantOperation[] = [
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "GenerateDataKeyPair",
  "GenerateDataKeyPairWithoutPlaintext",
];

/** What a grant on a key may allow: what the key can do at all. */
export function checkGrantOperations(key: Key, operations: readonly GrantOperation[]): void {
  const possible = possibleOf(key);
  const wrong = operations.find((operation) => !possible.includes(operation));
  if (wrong !== undefined)
    throw validation(
      `Grant operation ${wrong} is not supported by ${key.arn}, whose key spec is ${key.document.spec}.`,
    );
}

function possibleOf({ document, facts }: Key): readonly GrantOperation[] {
  switch (document.usage) {
    case "ENCRYPT_DECRYPT":
      return facts.family === "symmetric"
        ? [...always, ...encryption, ...dataKeys]
        : [...always, ...encryption, "GetPublicKey"];
    case "SIGN_VERIFY":
      return [...always, "Sign", "Verify", "GetPublicKey"];
    case "GENERATE_VERIFY_MAC":
      return [...always, "GenerateMac", "VerifyMac"];
    case "KEY_AGREEMENT":
      return [...always, "DeriveSharedSecret", "GetPublicKey"];
    default:
      return [...always, "Encapsulate", "Decapsulate", "GetPublicKey"];
  }
}
