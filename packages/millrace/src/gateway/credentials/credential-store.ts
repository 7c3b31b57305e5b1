import { join } from "node:path";
import { newAccessKeyId, newSecretKey } from "../../core/access-key-id.ts";
import { type Clock, systemClock } from "../../core/clock.ts";
import type { MasterKey } from "../../core/master-key.ts";
import { SerialTasks } from "../../core/serial-tasks.ts";
import type { Credential, CredentialLookup } from "../sigv4/verifier.ts";
import { readCredentials, type StoredCredential, writeCredentials } from "./credentials-file.ts";

export interface CredentialStoreOptions {
  /** The data directory; undefined keeps the credentials in memory only. */
  readonly directory: string | undefined;
  readonly masterKey: MasterKey;
  readonly clock?: Clock;
}

/** A credential at the one moment that its secret is shown. */
export interface NewCredential {
  readonly accessKeyId: string;
  readonly secretKey: string;
  readonly account: string;
}

/** What may be told of a credential afterwards. */
export interface CredentialSummary {
  readonly accessKeyId: string;
  readonly account: string;
  readonly arn: string;
  readonly createdAtMs: number;
}

/**
 * The root credentials of Millrace's accounts, in `credentials.json`. Opened secrets stay in memory, where
 * signatures are verified with them; no method gives them out again.
 */
export class CredentialStore {
  readonly #path: string | undefined;
  readonly #masterKey: MasterKey;
  readonly #clock: Clock;
  #credentials: ReadonlyMap<string, StoredCredential>;
  /** The change under way: each starts from what the one before it has made durable. */
  readonly #changes = new SerialTasks();

  private constructor(
    options: CredentialStoreOptions,
    path: string | undefined,
    kept: readonly StoredCredential[],
  ) {
    this.#path = path;
    this.#masterKey = options.masterKey;
    this.#clock = options.clock ?? systemClock;
    this.#credentials = new Map(kept.map((credential) => [credential.accessKeyId, credential]));
  }

  /** @throws CredentialsFileError when there is a file that this master key does not open. */
  static async open(options: CredentialStoreOptions): Promise<CredentialStore> {
    const path = options.directory === undefined ? undefined : join(options.directory, "credentials.json");
    const kept = path === undefined ? [] : await readCredentials(path, options.masterKey);
    return new CredentialStore(options, path, kept);
  }

  /** For the verifier of signatures. */
  readonly lookup: CredentialLookup = (accessKeyId): Credential | undefined =>
    this.#credentials.get(accessKeyId);

  /** Makes the root credential of an account that has none: at the first start it is to be shown, once. */
  ensureRoot(account: string): Promise<NewCredential | undefined> {
    return this.#changes.run(async () => {
      const present = [...this.#credentials.values()].some(
        (one) => one.account === account && one.kind === "root",
      );
      return present ? undefined : this.#add(account, newAccessKeyId(account), newSecretKey());
    });
  }

  /** Adds a root credential, also beside others of the same account. */
  addRoot(account: string): Promise<NewCredential> {
    return this.#changes.run(() => this.#add(account, newAccessKeyId(account), newSecretKey()));
  }

  /** Adds or replaces a root credential that the operator has chosen. */
  importRoot(chosen: NewCredential): Promise<NewCredential> {
    return this.#changes.run(() => {
      if (!/^\w{3,128}$/.test(chosen.accessKeyId))
        throw new RangeError("an access key id has 3 to 128 letters and digits");
      if (chosen.secretKey.length < 8) throw new RangeError("a secret key has 8 characters or more");
      return this.#add(chosen.account, chosen.accessKeyId, chosen.secretKey);
    });
  }

  /** True when there was such a credential. */
  remove(accessKeyId: string): Promise<boolean> {
    return this.#changes.run(async () => {
      const next = new Map(this.#credentials);
      if (!next.delete(accessKeyId)) return false;
      await this.#replace(next);
      return true;
    });
  }

  list(): readonly CredentialSummary[] {
    return [...this.#credentials.values()].map(({ accessKeyId, account, arn, createdAtMs }) => ({
      accessKeyId,
      account,
      arn,
      createdAtMs,
    }));
  }

  async #add(account: string, accessKeyId: string, secretKey: string): Promise<NewCredential> {
    if (!/^\d{12}$/.test(account)) throw new RangeError("an account has 12 digits");
    const arn = `arn:aws:iam::${account}:root`;
    const createdAtMs = this.#clock.now();
    const added: StoredCredential = { accessKeyId, secretKey, account, arn, kind: "root", createdAtMs };
    await this.#replace(new Map(this.#credentials).set(accessKeyId, added));
    return { accessKeyId, secretKey, account };
  }

  /** A credential counts once it is on disk. */
  async #replace(next: ReadonlyMap<string, StoredCredential>): Promise<void> {
    if (this.#path !== undefined) await writeCredentials(this.#path, this.#masterKey, next.values());
    this.#credentials = next;
  }
}
