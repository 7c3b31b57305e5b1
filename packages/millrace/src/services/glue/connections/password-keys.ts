import type { Permission } from "../../../gateway/service.ts";
import type { Owner } from "../document-table.ts";

/** A use of a key on behalf of whoever calls Glue. */
export interface PasswordKeyUse {
  readonly action: "kms:Decrypt" | "kms:Encrypt";
  readonly keyId: string;
  readonly owner: Owner;
  /** The account of Glue's caller. */
  readonly caller: string;
}

/** KMS as far as the passwords of connections need it. Errors are those that clients of Glue see. */
export interface PasswordKeys {
  /** Rejects when nothing can be encrypted under the key. */
  check(keyId: string, owner: Owner): Promise<void>;
  /** A ciphertext that `kms:Decrypt` opens as well. */
  encrypt(keyId: string, owner: Owner, plaintext: Uint8Array): Promise<Uint8Array>;
  decrypt(owner: Owner, ciphertext: Uint8Array): Promise<Uint8Array>;
  /** What Glue's caller must be allowed to do with the key; undefined when there is no such key. */
  permission(use: PasswordKeyUse): Permission | undefined;
}
