import { randomBytes } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { systemCode } from "../core/errors.ts";
import { writeFileDurably } from "../core/file.ts";
import type { BlobStore } from "../kernels/objects/index.ts";
import { openRemoteBlobs } from "./engines.ts";
import { entryFor, type RemotePlace } from "./object-store-setting.ts";
import type { ServiceContext } from "./service-context.ts";

/** Where the bytes of objects lie beside the data directory, and which bucket's next ones go where. */
export interface ObjectPlaces {
  readonly remote: readonly BlobStore[];
  readonly storeOf: (bucket: string) => string;
}

/** The kernel's name of its own place. */
const local = "local";

/** Opens the places that `--object-store` names. Endpoints are not asked for anything yet. */
export async function openObjectPlaces(context: ServiceContext, dir: string): Promise<ObjectPlaces> {
  const { objectStores } = context.configuration;
  const places = new Map<string, RemotePlace>();
  for (const { remote } of objectStores) if (remote !== undefined) places.set(remote.name, remote);
  const remote: BlobStore[] = [];
  if (places.size > 0) {
    const owner = await ownerOf(dir);
    for (const place of places.values()) remote.push(await openRemoteBlobs(context, place, owner));
  }
  return { remote, storeOf: (bucket) => entryFor(objectStores, bucket)?.remote?.name ?? local };
}

/** What the blobs of this data directory are told by from those of others: made once, and kept. */
async function ownerOf(dir: string): Promise<string> {
  const path = join(dir, "remote-owner");
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
  const owner = randomBytes(8).toString("hex");
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await writeFileDurably(path, `${owner}\n`, 0o600);
  return owner;
}
