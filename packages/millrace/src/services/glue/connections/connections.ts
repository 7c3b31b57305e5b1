import type { MasterKey } from "../../../core/master-key.ts";
import type { Store } from "../../../core/store.ts";
import type { Call } from "../../../gateway/call.ts";
import { DocumentTable, type Owner } from "../document-table.ts";
import {
  type EncryptionDocument,
  noPasswordEncryption,
  type PasswordEncryption,
} from "../encryption/encryption-document.ts";
import { connectionNotFound } from "../errors.ts";
import {
  type ConnectionDocument,
  openProperties,
  type Properties,
  type SealedProperties,
} from "./connection-document.ts";
import type { PasswordKeys } from "./password-keys.ts";
import { decryptPasswords, hasEncryptedPassword, withoutPasswords } from "./passwords.ts";

interface ConnectionsDependencies {
  readonly store: Store;
  readonly master: MasterKey;
  readonly keys: PasswordKeys;
}

/** A connection with which one can connect: its passwords are in the clear. */
export interface UsableConnection {
  readonly name: string;
  readonly type: string;
  readonly properties: Properties;
}

/** All connections, and the settings for the encryption of their passwords. */
export class Connections {
  readonly table: DocumentTable<ConnectionDocument>;
  readonly settings: DocumentTable<EncryptionDocument>;
  readonly master: MasterKey;
  readonly keys: PasswordKeys;

  constructor({ store, master, keys }: ConnectionsDependencies) {
    this.table = new DocumentTable(store, "connections", ({ name }) => name);
    this.settings = new DocumentTable(store, "encryption-settings", () => "settings");
    this.master = master;
    this.keys = keys;
  }

  load(): void {
    this.table.load();
    this.settings.load();
  }

  /** @throws ServiceError EntityNotFoundException */
  get(owner: Owner, name: string): ConnectionDocument {
    const document = this.table.get(owner, name);
    if (document === undefined) throw connectionNotFound(name);
    return document;
  }

  passwordEncryption(owner: Owner): PasswordEncryption {
    return this.settings.get(owner, "settings")?.passwords ?? noPasswordEncryption;
  }

  /** For a part of Millrace that is to connect. @throws ServiceError when there is none, or its key is unusable */
  async usable(owner: Owner, name: string): Promise<UsableConnection> {
    const document = this.get(owner, name);
    const { connection } = openProperties(this.master, document);
    return { name, type: document.type, properties: await decryptPasswords(this.keys, owner, connection) };
  }

  /** The properties of a connection as its reader may see them. @throws ServiceError when the key is refused */
  async visible(document: ConnectionDocument, hidePassword: boolean, call: Call): Promise<SealedProperties> {
    const properties = openProperties(this.master, document);
    const { connection } = properties;
    if (hidePassword) return { ...properties, connection: withoutPasswords(connection) };
    const { returnEncrypted, keyId } = this.passwordEncryption(document);
    if (returnEncrypted || !hasEncryptedPassword(connection)) return properties;
    if (keyId !== undefined) this.#requireDecrypt(keyId, document, call);
    return { ...properties, connection: await decryptPasswords(this.keys, document, connection) };
  }

  async reset(): Promise<void> {
    await this.table.reset();
    await this.settings.reset();
  }

  async close(): Promise<void> {
    await this.table.close();
    await this.settings.close();
  }

  #requireDecrypt(keyId: string, owner: Owner, call: Call): void {
    const permission = this.keys.permission({
      action: "kms:Decrypt",
      keyId,
      owner,
      caller: call.principal.account,
    });
    if (permission !== undefined) call.require?.(permission);
  }
}
