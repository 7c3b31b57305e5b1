import type { DataCatalogEncryptionSettings } from "@aws-sdk/client-glue";
import type { Owner } from "../document-table.ts";

export interface PasswordEncryption {
  /** Whether GetConnection answers passwords as ciphertexts. */
  readonly returnEncrypted: boolean;
  /** The key as it was named; passwords are kept as its ciphertexts. */
  readonly keyId?: string | undefined;
}

/** The encryption settings of an account's catalogs in a region. */
export interface EncryptionDocument extends Owner {
  readonly passwords: PasswordEncryption;
}

/** What holds until settings are put. */
export const noPasswordEncryption: PasswordEncryption = Object.freeze({ returnEncrypted: false });

export function settingsOf({ returnEncrypted, keyId }: PasswordEncryption): DataCatalogEncryptionSettings {
  return {
    EncryptionAtRest: { CatalogEncryptionMode: "DISABLED" },
    ConnectionPasswordEncryption: {
      ReturnConnectionPasswordEncrypted: returnEncrypted,
      ...(keyId === undefined ? {} : { AwsKmsKeyId: keyId }),
    },
  };
}
