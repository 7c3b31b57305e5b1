import { createHmac } from "node:crypto";
import type { MasterKey } from "../../core/master-key.ts";
import { unsupported } from "./errors.ts";
import type { Key } from "./key.ts";

export function requireExternal(key: Key): void {
  const { origin } = key.document;
  if (origin !== "EXTERNAL")
    throw unsupported(`${key.arn} origin is ${origin} which is not valid for this operation.`);
}

/**
 * The id of imported material: the same whenever the same secret is imported into the same key, so that
 * another one is noticed. Keyed, so that the id says nothing about the secret.
 */
export function importedMaterialId(master: MasterKey, keyId: string, secret: Uint8Array): string {
  return createHmac("sha256", master.derive(`kms imported material ${keyId}`))
    .update(secret)
    .digest("hex");
}
