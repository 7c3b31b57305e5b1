import type { Permission } from "../../../gateway/service.ts";
import type { Owner } from "../document-table.ts";
import { glueEncryption } from "../errors.ts";
import type { PasswordKeys, PasswordKeyUse } from "./password-keys.ts";

/** The only key that tests have. */
export const testKey: string = "alias/passwords";

/** Stands in for KMS, which is another service: a ciphertext is the text behind its key's name. */
export class TestKeys implements PasswordKeys {
  async check(keyId: string, _owner: Owner): Promise<void> {
    if (keyId !== testKey) throw glueEncryption(`Key '${keyId}' does not exist`);
  }

  async encrypt(keyId: string, owner: Owner, plaintext: Uint8Array): Promise<Uint8Array> {
    await this.check(keyId, owner);
    return Buffer.concat([Buffer.from(`${testKey}:`), plaintext]);
  }

  async decrypt(_owner: Owner, ciphertext: Uint8Array): Promise<Uint8Array> {
    const text = Buffer.from(ciphertext).toString();
    if (!text.startsWith(`${testKey}:`)) throw glueEncryption("not a ciphertext");
    return Buffer.from(text.slice(testKey.length + 1));
  }

  permission({ action, keyId }: PasswordKeyUse): Permission | undefined {
    return { action, resources: [keyId] };
  }
}
