import type { Call } from "../../../gateway/call.ts";
import type { Owner } from "../document-table.ts";
import type { PasswordEncryption } from "../encryption/encryption-document.ts";
import { glueEncryption } from "../errors.ts";
import type { Properties } from "./connection-document.ts";
import type { PasswordKeys } from "./password-keys.ts";

/** The properties that are passwords; beside each there may be its ciphertext. */
const passwordNames: readonly string[] = [
  "PASSWORD",
  "KAFKA_CLIENT_KEYSTORE_PASSWORD",
  "KAFKA_CLIENT_KEY_PASSWORD",
  "KAFKA_SASL_SCRAM_PASSWORD",
  "KAFKA_SASL_PLAIN_PASSWORD",
];
const encryptedName = (name: string): string => `ENCRYPTED_${name}`;

/** The properties without passwords, be they encrypted or not. */
export function withoutPasswords(properties: Properties): Properties {
  const hidden = new Set(passwordNames.flatMap((name) => [name, encryptedName(name)]));
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !hidden.has(name)));
}

/** Encrypts passwords under the key of the catalog's settings, if these name one. The caller must be allowed to. */
export async function encryptPasswords(
  keys: PasswordKeys,
  owner: Owner,
  { keyId }: PasswordEncryption,
  properties: Properties,
  call: Call,
): Promise<Properties> {
  const present = passwordNames.filter((name) => Object.hasOwn(properties, name));
  if (keyId === undefined || present.length === 0) return properties;
  const permission = keys.permission({ action: "kms:Encrypt", keyId, owner, caller: call.principal.account });
  if (permission !== undefined) call.require?.(permission);
  const encrypted: Record<string, string> = { ...properties };
  for (const name of present) {
    const ciphertext = await keys.encrypt(keyId, owner, Buffer.from(properties[name] ?? ""));
    delete encrypted[name];
    encrypted[encryptedName(name)] = Buffer.from(ciphertext).toString("base64");
  }
  return encrypted;
}

/** Opens the passwords that are encrypted, on Glue's own authority. */
export async function decryptPasswords(
  keys: PasswordKeys,
  owner: Owner,
  properties: Properties,
): Promise<Properties> {
  const decrypted: Record<string, string> = { ...properties };
  for (const name of passwordNames) {
    const ciphertext = properties[encryptedName(name)];
    if (ciphertext === undefined) continue;
    delete decrypted[encryptedName(name)];
    decrypted[name] = Buffer.from(await keys.decrypt(owner, readBase64(ciphertext))).toString();
  }
  return decrypted;
}

export function hasEncryptedPassword(properties: Properties): boolean {
  return passwordNames.some((name) => Object.hasOwn(properties, encryptedName(name)));
}

function readBase64(text: string): Buffer {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length === 0) throw glueEncryption("An encrypted password is not a ciphertext of KMS.");
  return bytes;
}
