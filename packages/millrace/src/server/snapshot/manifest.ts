import type { MasterKey } from "../../core/master-key.ts";
import { SnapshotError, wrongFile } from "./snapshot-error.ts";

/** What a snapshot says of itself; its first entry. */
export interface SnapshotManifest {
  readonly format: typeof formatName;
  /** Of this file's layout. */
  readonly formatVersion: number;
  /** The Millrace that saved it. */
  readonly version: string;
  /** When it was saved: ISO 8601. */
  readonly at: string;
  /** The account that Millrace was configured with; undefined when it was saved without a configuration. */
  readonly account?: string;
  readonly files: number;
  readonly folders: number;
  /** Of all files together, as they lie on disk. */
  readonly bytes: number;
  readonly masterKey: {
    /** `included`: the key file is in the snapshot. `given`: whoever loads it needs the same --master-key. */
    readonly kind: "included" | "given";
    /** Tells whether a key is the one, and nothing else of it; undefined where nobody knew the key. */
    readonly check?: string;
  };
  /** Some objects' bytes lie in another S3 (--object-store), hence are not in here. */
  readonly hasRemoteObjects: boolean;
}

export const formatName = "millrace-snapshot";
const formatVersion = 1;
const maxManifestBytes = 64 * 1024;

/** The first part of the manifest's name is how people tell the file with `tar -t`. */
export const manifestName: string = `${formatName}.json`;

export function newManifest(parts: Omit<SnapshotManifest, "format" | "formatVersion">): SnapshotManifest {
  return { format: formatName, formatVersion, ...parts };
}

/** What a key is recognised by: derived for that alone, so that it gives nothing away. */
export function keyCheck(key: MasterKey): string {
  return key.derive("snapshot check").toString("hex").slice(0, 32);
}

/** @param version of the Millrace that reads it. @throws SnapshotError */
export function parseManifest(bytes: Buffer, version: string): SnapshotManifest {
  if (bytes.length > maxManifestBytes) throw wrongFile("its description is too long");
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch (error) {
    throw wrongFile("its description is not JSON", error);
  }
  const manifest = value as Partial<SnapshotManifest> | null;
  if (typeof manifest !== "object" || manifest?.format !== formatName)
    throw wrongFile("its description is missing");
  if (manifest.formatVersion !== formatVersion)
    throw new SnapshotError(
      "wrong file",
      `The snapshot has format ${String(manifest.formatVersion)}, and this Millrace (${version}) reads format ${formatVersion}. ` +
        "Load it with the version that saved it.",
    );
  if (!isWhole(manifest)) throw wrongFile("its description is incomplete");
  if (isLater(manifest.version, version))
    throw new SnapshotError(
      "wrong file",
      `The snapshot was saved by Millrace ${manifest.version}, which is later than this one (${version}). Update this one.`,
    );
  return manifest;
}

function isWhole(manifest: Partial<SnapshotManifest>): manifest is SnapshotManifest {
  const { version, at, account, files, folders, bytes, masterKey, hasRemoteObjects } = manifest;
  return (
    typeof version === "string" &&
    /^\d{1,6}\.\d{1,6}\.\d{1,6}/.test(version) &&
    typeof at === "string" &&
    (account === undefined || /^\d{12}$/.test(account)) &&
    isCount(files) &&
    isCount(folders) &&
    isCount(bytes) &&
    (masterKey?.kind === "included" || masterKey?.kind === "given") &&
    (masterKey.check === undefined || typeof masterKey.check === "string") &&
    typeof hasRemoteObjects === "boolean"
  );
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** Whether `a` has a later major, minor or patch number. */
function isLater(a: string, b: string): boolean {
  const numbers = (text: string): readonly number[] => text.split(/[.-]/, 3).map(Number);
  const [left, right] = [numbers(a), numbers(b)];
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
