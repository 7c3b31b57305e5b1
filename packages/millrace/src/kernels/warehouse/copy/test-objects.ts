import {
  createReadStream,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import {
  type FoundObject,
  type ObjectAccess,
  type StatementObjects,
  WarehouseObjectError,
  type WarehouseObjects,
} from "../objects-port.ts";

async function* bytesOf(
  file: string,
  range: { readonly start: number; readonly end: number } | undefined,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for await (const piece of createReadStream(file, { ...range })) {
    signal.throwIfAborted();
    yield piece as Buffer;
  }
}

/** S3 in a folder: a folder of it is a bucket. */
export class FolderObjects implements WarehouseObjects {
  readonly folder: string;
  /** Whether readers are given the files themselves. */
  hasPaths = true;
  /** What the last statement asked for. */
  access: ObjectAccess | undefined;
  opened = 0;
  /** Times that an object's bytes were asked for. */
  streams = 0;
  /** Called before each object is opened. */
  beforeOpen: (key: string) => Promise<void> = async () => {};

  constructor(folder: string) {
    this.folder = folder;
  }

  put(bucket: string, key: string, bytes: string | Uint8Array): void {
    const file = join(this.folder, bucket, key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }

  async connect(access: ObjectAccess, signal: AbortSignal): Promise<StatementObjects> {
    this.access = access;
    if (
      access.identity.kind === "roles" &&
      access.identity.roleArns.some((arn) => arn.endsWith("/forbidden"))
    )
      throw new WarehouseObjectError("AccessDenied", "not authorized to perform sts:AssumeRole", 403);
    return {
      list: (bucket, prefix) => this.#list(bucket, prefix),
      open: async (bucket, key) => {
        await this.beforeOpen(key);
        const file = join(this.folder, bucket, key);
        const found = this.#found(bucket, key);
        this.opened++;
        return {
          ...found,
          path: this.hasPaths ? file : undefined,
          stream: (range) => {
            this.streams++;
            return bytesOf(file, range, signal);
          },
          close: async () => {
            this.opened--;
          },
        };
      },
      put: async (bucket, key, body) => {
        const pieces: Uint8Array[] = [];
        for await (const piece of body) pieces.push(Buffer.from(piece));
        this.put(bucket, key, Buffer.concat(pieces));
        return this.#found(bucket, key);
      },
      remove: async (bucket, key) => rmSync(join(this.folder, bucket, key), { force: true }),
      close: async () => {},
    };
  }

  text(bucket: string, key: string): string {
    return readFileSync(join(this.folder, bucket, key), "utf8");
  }

  async *#list(bucket: string, prefix: string): AsyncGenerator<FoundObject> {
    const root = join(this.folder, bucket);
    if (statSync(root, { throwIfNoEntry: false }) === undefined)
      throw new WarehouseObjectError("NoSuchBucket", "The specified bucket does not exist", 404);
    if (bucket === "closed") throw new WarehouseObjectError("AccessDenied", "Access Denied", 403);
    const names = readdirSync(root, { recursive: true, encoding: "utf8" }).sort();
    for (const key of names)
      if (key.startsWith(prefix) && statSync(join(root, key)).isFile()) yield this.#found(bucket, key);
  }

  #found(bucket: string, key: string): FoundObject {
    const stats = statSync(join(this.folder, bucket, key), { throwIfNoEntry: false });
    if (stats === undefined)
      throw new WarehouseObjectError("NoSuchKey", "The specified key does not exist.", 404);
    return { key, bytes: stats.size, lastModifiedMs: 0, etag: `"${stats.size}"` };
  }
}
