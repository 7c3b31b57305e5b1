import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { contentOf, digestOf, type Ledger } from "./ledger.ts";

const mib = 1024 * 1024;
export const plain = "plain";
export const versioned = "versioned";

/** Changes objects as fast as answers come, until a call fails: that is for the caller to judge. */
export class Load {
  readonly #client: S3Client;
  readonly #ledger: Ledger;
  readonly #random: () => number;
  #seed: number;

  constructor(client: S3Client, ledger: Ledger, random: () => number, firstSeed: number) {
    this.#client = client;
    this.#ledger = ledger;
    this.#random = random;
    this.#seed = firstSeed;
  }

  /** One promise for each client at work; each rejects with what ended it. */
  run(): Promise<never>[] {
    return [
      ...[0, 1, 2].map((i) => this.#changeForEver([`${i}/a`, `${i}/b ü`, `${i}/c+%`])),
      ...[0, 1].map((i) => this.#versionsForEver([`${i}/a`, `${i}/b`])),
      this.#partsForEver("parts/by hand"),
      this.#uploadsForEver("parts/by lib-storage"),
    ];
  }

  #content(): Buffer {
    const most = this.#random() < 0.2 ? 3 * mib : 20_000;
    return contentOf(this.#seed++, 1 + Math.floor(this.#random() * most));
  }

  #oneOf<T>(list: readonly [T, ...T[]] | readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T;
  }

  async #changeForEver(keys: readonly string[]): Promise<never> {
    for (;;) {
      const Key = this.#oneOf(keys);
      const what = this.#random();
      if (what < 0.2) await this.#remove(Key);
      else if (what < 0.3) await this.#removeAll(keys);
      else if (what < 0.4) await this.#copy(Key, this.#oneOf(keys));
      else await this.#put(Key);
    }
  }

  async #put(Key: string): Promise<void> {
    const Body = this.#content();
    const digest = digestOf(Body);
    this.#ledger.begin(Key, { digest });
    const encrypted = this.#random() < 0.2 ? ({ ServerSideEncryption: "AES256" } as const) : {};
    const { ETag } = await this.#client.send(
      new PutObjectCommand({ Bucket: plain, Key, Body, ...encrypted }),
    );
    this.#ledger.acknowledge(Key, { digest, etag: ETag });
  }

  async #copy(from: string, Key: string): Promise<void> {
    const source = this.#ledger.current.get(from)?.acknowledged ?? null;
    if (source === null || from === Key) return;
    this.#ledger.begin(Key, source);
    const CopySource = `${plain}/${encodeURIComponent(from)}`;
    await this.#client.send(new CopyObjectCommand({ Bucket: plain, Key, CopySource }));
    this.#ledger.acknowledge(Key, source);
  }

  async #remove(Key: string): Promise<void> {
    this.#ledger.begin(Key, null);
    await this.#client.send(new DeleteObjectCommand({ Bucket: plain, Key }));
    this.#ledger.acknowledge(Key, null);
  }

  async #removeAll(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#ledger.begin(key, null);
    const Delete = { Objects: keys.map((Key) => ({ Key })) };
    await this.#client.send(new DeleteObjectsCommand({ Bucket: plain, Delete }));
    for (const key of keys) this.#ledger.acknowledge(key, null);
  }

  async #versionsForEver(keys: readonly string[]): Promise<never> {
    const own: { Key: string; VersionId: string }[] = [];
    for (;;) {
      const Key = this.#oneOf(keys);
      const what = this.#random();
      if (what < 0.15) {
        const { VersionId } = await this.#client.send(new DeleteObjectCommand({ Bucket: versioned, Key }));
        this.#ledger.markers.add(VersionId ?? "");
      } else if (what < 0.4 && own.length > 0) {
        const [version] = own.splice(Math.floor(this.#random() * own.length), 1);
        if (version === undefined) continue;
        this.#ledger.begunRemovals.add(version.VersionId);
        await this.#client.send(new DeleteObjectCommand({ Bucket: versioned, ...version }));
        this.#ledger.removed.add(version.VersionId);
      } else {
        const Body = this.#content();
        const digest = digestOf(Body);
        this.#ledger.begunVersions.add(digest);
        const put = await this.#client.send(new PutObjectCommand({ Bucket: versioned, Key, Body }));
        const VersionId = put.VersionId ?? "";
        this.#ledger.versions.set(VersionId, { key: Key, digest });
        own.push({ Key, VersionId });
      }
      this.#ledger.acknowledgements += 1;
    }
  }

  async #partsForEver(Key: string): Promise<never> {
    for (;;) {
      const bodies = [contentOf(this.#seed++, 5 * mib), this.#content()];
      const digest = digestOf(Buffer.concat(bodies));
      const { UploadId = "" } = await this.#client.send(
        new CreateMultipartUploadCommand({ Bucket: plain, Key }),
      );
      const Parts = await Promise.all(
        bodies.map(async (Body, i) => {
          const PartNumber = i + 1;
          const part = { Bucket: plain, Key, UploadId, PartNumber, Body };
          const { ETag = "" } = await this.#client.send(new UploadPartCommand(part));
          this.#ledger.acknowledgePart(UploadId, PartNumber, ETag);
          return { PartNumber, ETag };
        }),
      );
      this.#ledger.begin(Key, { digest });
      this.#ledger.endedUploads.add(UploadId);
      const complete = { Bucket: plain, Key, UploadId, MultipartUpload: { Parts } };
      const { ETag } = await this.#client.send(new CompleteMultipartUploadCommand(complete));
      this.#ledger.acknowledge(Key, { digest, etag: ETag });
    }
  }

  async #uploadsForEver(Key: string): Promise<never> {
    for (;;) {
      const Body = Buffer.concat([contentOf(this.#seed++, 11 * mib), this.#content()]);
      const digest = digestOf(Body);
      this.#ledger.begin(Key, { digest });
      const upload = new Upload({ client: this.#client, params: { Bucket: plain, Key, Body } });
      const { ETag } = await upload.done();
      this.#ledger.acknowledge(Key, { digest, etag: ETag });
    }
  }
}
