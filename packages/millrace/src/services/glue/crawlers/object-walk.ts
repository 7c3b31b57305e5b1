import { setImmediate as turn } from "node:timers/promises";
import { messageOf } from "../../../core/errors.ts";
import type { ObjectVersion } from "../../../kernels/objects/index.ts";
import type { Classification, SampledObject } from "../classifiers/classification.ts";
import { type CrawlContext, CrawlError, glueService, throwIfStopped } from "./crawl-context.ts";
import { Folder } from "./folder.ts";
import { Interned } from "./folder-files.ts";
import { GlobPattern } from "./glob-pattern.ts";
import { folderOf, type S3Path, s3Location } from "./s3-path.ts";

/** What of a target is to be looked at. */
export interface WalkOptions {
  readonly exclusions: readonly string[];
  /** Files of each folder that are looked into; all when undefined. */
  readonly sampleSize: number | undefined;
  /** Whether the files of a folder are to be skipped because an earlier crawl has seen the folder. */
  readonly isKnown?: (folder: S3Path) => boolean;
}

/** What a walk found. */
export interface Walked {
  /** The folder of the include path, or the one that holds the file that it names. */
  readonly path: S3Path;
  readonly root: Folder;
  /** The name of the object, when the include path is that of one. */
  readonly file: string | undefined;
  /** Objects that were met, but for excluded ones. */
  readonly objects: number;
}

/** Objects that are read at the same time. */
const concurrentReads = 16;
const pageSize = 1000;

/**
 * Lists the objects of an include path and sums them up by folder. Memory grows with the number of folders and
 * of schemas, not with that of objects.
 */
export class ObjectWalk {
  readonly #context: CrawlContext;
  readonly #options: WalkOptions;
  readonly #exclusions: readonly GlobPattern[];
  readonly #interned = new Interned();
  #objects = 0;
  #hidden = 0;

  constructor(context: CrawlContext, options: WalkOptions) {
    this.#context = context;
    this.#options = options;
    this.#exclusions = options.exclusions.map((pattern) => new GlobPattern(pattern));
  }

  /** @throws CrawlError when the bucket is not there or the role may not list it, CrawlStopped */
  async run(target: S3Path): Promise<Walked> {
    const { objects } = this.#context;
    const { bucket, key } = target;
    if (objects.bucket(bucket) === undefined) throw new CrawlError(`The bucket ${bucket} does not exist.`);
    this.#requireList(target);
    const root = new Folder("");
    if (key !== "" && !key.endsWith("/")) {
      const file = objects.find(bucket, key);
      if (file !== undefined && !file.isDeleteMarker) {
        const path = { bucket, key: key.slice(0, key.lastIndexOf("/") + 1) };
        await this.#page([file], path, root);
        return { path, root, file: key.slice(path.key.length), objects: this.#objects };
      }
    }
    const path = folderOf(target);
    let after: string | undefined;
    do {
      throwIfStopped(this.#context.signal);
      const options = { prefix: path.key, limit: pageSize, ...(after === undefined ? {} : { after }) };
      const page = objects.list(bucket, options);
      await this.#page(page.items, path, root);
      after = page.next;
      // Listing is synchronous: others get their turn.
      await turn();
    } while (after !== undefined);
    if (this.#hidden > 0)
      this.#context.log.write("INFO", `${this.#hidden} objects were skipped whose names begin with _ or .`);
    return { path, root, file: undefined, objects: this.#objects };
  }

  /** Classifies the objects of a page, several at a time, and adds them to their folders in order. */
  async #page(page: readonly ObjectVersion[], path: S3Path, root: Folder): Promise<void> {
    const chosen: { readonly object: ObjectVersion; readonly folder: Folder; readonly name: string }[] = [];
    let lastFolder: { key: string; folder: Folder; isKnown: boolean } | undefined;
    for (const object of page) {
      const relative = object.key.slice(path.key.length);
      if (relative === "" || relative.endsWith("/") || this.#isExcluded(relative)) continue;
      const cut = object.key.lastIndexOf("/") + 1;
      const key = object.key.slice(0, cut);
      if (lastFolder?.key !== key) {
        const names = relative.split("/").slice(0, -1);
        const isKnown = this.#options.isKnown?.({ bucket: path.bucket, key }) ?? false;
        lastFolder = { key, folder: root.at(names), isKnown };
      }
      const { folder, isKnown } = lastFolder;
      folder.hasObjects = true;
      if (isKnown) continue;
      this.#objects += 1;
      if (folder.sampled === (this.#options.sampleSize ?? Infinity)) folder.files.addUnread(object.size);
      else {
        folder.sampled += 1;
        chosen.push({ object, folder, name: object.key.slice(cut) });
      }
    }
    const found = await this.#classifyAll(chosen.map(({ object }) => object));
    for (const [index, { object, folder, name }] of chosen.entries()) {
      const classification = found[index];
      if (classification?.kind === "recognised")
        folder.files.add(name, object.size, classification, this.#interned);
      else if (classification !== undefined) this.#reportUnread(object, classification.reason);
    }
  }

  async #classifyAll(objects: readonly ObjectVersion[]): Promise<readonly Classification[]> {
    const found = new Array<Classification>(objects.length);
    let next = 0;
    const work = async (): Promise<void> => {
      for (let index = next++; index < objects.length; index = next++) {
        throwIfStopped(this.#context.signal);
        const object = objects[index];
        if (object !== undefined) found[index] = await this.#classify(object);
      }
    };
    await Promise.all(Array.from({ length: Math.min(concurrentReads, objects.length) }, work));
    return found;
  }

  async #classify(object: ObjectVersion): Promise<Classification> {
    const refused = this.#refusal(object);
    if (refused !== undefined) return readFailed(refused);
    try {
      return await this.#context.classifiers.classify(new StoredObject(this.#context, object));
    } catch (error) {
      // One object never stops a crawl, whatever is in it.
      return readFailed(messageOf(error));
    }
  }

  /** Why the crawler's role cannot read an object. */
  #refusal({ bucket, key, encryption, storageClass }: ObjectVersion): string | undefined {
    const { roles, crawler, crawlerArn } = this.#context;
    if (archived.has(storageClass)) return `the object is archived in the storage class ${storageClass}`;
    if (encryption.kind === "customer") return "the object is encrypted with a key that the client keeps";
    const use = { roleArn: crawler.role, service: glueService, sourceArn: crawlerArn };
    const read = { ...use, action: "s3:GetObject", resources: [`arn:aws:s3:::${bucket}/${key}`] };
    const refusal = roles.refusal(read);
    if (refusal !== undefined || encryption.kind !== "kms") return refusal?.message;
    return roles.refusal({ ...use, action: "kms:Decrypt", resources: [encryption.keyId] })?.message;
  }

  #requireList({ bucket, key }: S3Path): void {
    const { roles, crawler, crawlerArn } = this.#context;
    const refusal = roles.refusal({
      roleArn: crawler.role,
      service: glueService,
      sourceArn: crawlerArn,
      action: "s3:ListBucket",
      resources: [`arn:aws:s3:::${bucket}`],
      context: { "s3:prefix": key },
    });
    if (refusal !== undefined) throw new CrawlError(refusal.message);
  }

  #isExcluded(relative: string): boolean {
    if (isHidden(relative)) {
      this.#hidden += 1;
      return true;
    }
    return this.#exclusions.some((pattern) => pattern.matches(relative));
  }

  #reportUnread({ bucket, key }: ObjectVersion, reason: string): void {
    const { report, log } = this.#context;
    const location = s3Location({ bucket, key });
    if (report.unread(location, reason)) log.write("WARN", `${location} could not be described: ${reason}`);
  }
}

const archived: ReadonlySet<string> = new Set(["GLACIER", "DEEP_ARCHIVE"]);

/** Files and folders that Hive and all that reads its tables leave out, such as `_SUCCESS` and `_temporary/`. */
function isHidden(relative: string): boolean {
  if (relative.endsWith("_$folder$")) return true;
  return /(?:^|\/)[_.](?![^/]*=[^/]*\/)/.test(relative);
}

function readFailed(reason: string): Classification {
  return { kind: "unreadable", problem: "readFailed", compression: "none", reason, why: [] };
}

/** An object of the store as classifiers see it. */
class StoredObject implements SampledObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly #context: CrawlContext;
  readonly #version: ObjectVersion;

  constructor(context: CrawlContext, version: ObjectVersion) {
    this.key = version.key;
    this.sizeBytes = version.size;
    this.#context = context;
    this.#version = version;
  }

  async read(start: number, end: number): Promise<Buffer> {
    const { size } = this.#version;
    const range = { start: Math.min(Math.max(start, 0), size), end: Math.min(Math.max(end, 0), size) };
    if (range.end <= range.start) return Buffer.alloc(0);
    const bytes = await this.#context.objects.read(this.#version, { range });
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes) pieces.push(piece);
    return Buffer.concat(pieces);
  }
}
