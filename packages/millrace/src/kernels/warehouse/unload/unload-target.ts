import { SqlError } from "../../../sql/sql-error.ts";
import { loadError, objectError } from "../copy/copy-errors.ts";
import { parseUri, uriText } from "../copy/source/source-files.ts";
import { type StatementObjects, WarehouseObjectError } from "../objects-port.ts";
import type { UnloadSettings } from "./unload-options.ts";

/** Objects that one UNLOAD removes before it writes. */
const maxRemoved = 1_000_000;
const s3Code = 8001;

/** Where the files of one UNLOAD go: a bucket and what their keys begin with. */
export class UnloadTarget {
  readonly bucket: string;
  readonly prefix: string;
  readonly #objects: StatementObjects;
  readonly #queryId: number;
  readonly #kmsKeyId: string | undefined;

  constructor(objects: StatementObjects, location: string, settings: UnloadSettings, queryId: number) {
    const { bucket, key } = parseUri(location);
    this.bucket = bucket;
    const isFolder = settings.partitionBy.length === 0 || key === "" || key.endsWith("/");
    this.prefix = isFolder ? key : `${key}/`;
    this.#objects = objects;
    this.#queryId = queryId;
    this.#kmsKeyId = settings.kmsKeyId;
  }

  urlOf(key: string): string {
    return uriText({ bucket: this.bucket, key });
  }

  put(
    key: string,
    body: AsyncIterable<Uint8Array>,
    contentType: string,
  ): Promise<{ readonly bytes: number }> {
    const options = { contentType, kmsKeyId: this.#kmsKeyId };
    return this.#tried(`S3 key being written : ${this.urlOf(key)}`, () =>
      this.#objects.put(this.bucket, key, body, options),
    );
  }

  remove(key: string): Promise<void> {
    return this.#tried(`S3 key being removed : ${this.urlOf(key)}`, () =>
      this.#objects.remove(this.bucket, key),
    );
  }

  /** @throws SqlError when something lies there already */
  async demandEmpty(): Promise<void> {
    await this.#list(this.prefix, () => {
      throw loadError(
        "Specified unload destination on S3 is not empty. Consider using a different bucket / prefix, manually removing the target files in S3, or using the ALLOWOVERWRITE option.",
        s3Code,
        `S3 bucket=${this.bucket} prefix=${this.prefix}`,
        this.#queryId,
      );
    });
  }

  /** Removes what lies below the prefix. @param kept keys that stay */
  async clean(prefix: string, kept: (key: string) => boolean = () => false): Promise<void> {
    const keys: string[] = [];
    await this.#list(prefix, (key) => {
      if (kept(key)) return;
      keys.push(key);
      if (keys.length > maxRemoved)
        throw new SqlError("54000", `CLEANPATH of more than ${maxRemoved} objects`);
    });
    for (const key of keys) await this.remove(key);
  }

  #list(prefix: string, found: (key: string) => void): Promise<void> {
    return this.#tried(`Listing bucket=${this.bucket} prefix=${prefix}`, async () => {
      for await (const { key } of this.#objects.list(this.bucket, prefix)) found(key);
    });
  }

  async #tried<T>(context: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw error instanceof WarehouseObjectError ? objectError(error, context, this.#queryId) : error;
    }
  }
}
