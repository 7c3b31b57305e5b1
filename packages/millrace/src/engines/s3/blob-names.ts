import { randomBytes } from "node:crypto";
import { assert } from "../../core/assert.ts";
import type { Clock } from "../../core/clock.ts";

/*
 * Key     => Prefix Blob id
 * Blob id => Owner "/" Run "/" Random     Owner: 16 hexadecimal digits, one data directory
 *                                         Run:   when the store was opened, and 8 random digits
 *                                         Random: 32 digits
 * Data directories that share a prefix never see each other's blobs. A blob of another run was written before.
 */
const idForm = /^[0-9a-f]{16}\/\d{8}T\d{6}-[0-9a-f]{8}\/[0-9a-f]{32}$/;

/** The names of blobs in a remote bucket. */
export class BlobNames {
  readonly #prefix: string;
  readonly #owner: string;
  readonly #run: string;

  /** @param prefix empty, or with a slash at its end */
  constructor(options: { readonly prefix: string; readonly owner: string; readonly clock: Clock }) {
    assert(/^[0-9a-f]{16}$/.test(options.owner), "an owner has 16 hexadecimal digits");
    this.#prefix = options.prefix;
    this.#owner = options.owner;
    const openedAt = new Date(options.clock.now()).toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
    this.#run = `${openedAt}-${randomBytes(4).toString("hex")}`;
  }

  create(): string {
    return `${this.#owner}/${this.#run}/${randomBytes(16).toString("hex")}`;
  }

  key(id: string): string {
    assert(idForm.test(id), `${id} is no id of a blob`);
    return this.#prefix + id;
  }

  /** What the keys of all of the owner's blobs begin with. */
  get ownPrefix(): string {
    return `${this.#prefix}${this.#owner}/`;
  }

  /** The blob that a key names, when another run wrote it. */
  olderId(key: string): string | undefined {
    if (!key.startsWith(this.ownPrefix)) return undefined;
    const id = key.slice(this.#prefix.length);
    return idForm.test(id) && !id.startsWith(`${this.#owner}/${this.#run}/`) ? id : undefined;
  }
}
