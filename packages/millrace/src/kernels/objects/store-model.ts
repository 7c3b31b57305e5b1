export interface ModelVersion {
  readonly versionId: string;
  /** Of the bytes; undefined for a delete marker. */
  readonly seed: number | undefined;
}

interface ModelOptions {
  readonly prefix: string;
  readonly delimiter: string;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** For tests: one bucket, as simple as can be. The versions of a key are the newest first. */
export class StoreModel {
  versioning: "off" | "enabled" | "suspended";
  readonly #keys = new Map<string, ModelVersion[]>();

  constructor(versioning: "off" | "enabled" | "suspended") {
    this.versioning = versioning;
  }

  put(key: string, versionId: string, seed: number | undefined): void {
    const kept = this.versionsOf(key).filter(
      (version) => versionId !== "null" || version.versionId !== "null",
    );
    this.#keys.set(key, [{ versionId, seed }, ...kept]);
  }

  remove(key: string, markerId: string | undefined): void {
    if (this.versioning === "off") this.#keys.delete(key);
    else this.put(key, markerId ?? "", undefined);
  }

  /** Whether it was a delete marker. */
  removeVersion(key: string, versionId: string): boolean {
    const versions = this.versionsOf(key);
    const removed = versions.find((version) => version.versionId === versionId);
    const left = versions.filter((version) => version !== removed);
    if (left.length === 0) this.#keys.delete(key);
    else this.#keys.set(key, left);
    return removed !== undefined && removed.seed === undefined;
  }

  versionsOf(key: string): ModelVersion[] {
    return this.#keys.get(key) ?? [];
  }

  all(): readonly (readonly [string, readonly ModelVersion[]])[] {
    return [...this.#keys].sort(([a], [b]) => inBytes(a, b));
  }

  /** How many have bytes. */
  objects(): number {
    return this.all().reduce(
      (sum, [, versions]) => sum + versions.filter((v) => v.seed !== undefined).length,
      0,
    );
  }

  list(options: ModelOptions): { keys: string[]; commonPrefixes: string[]; next: string | undefined } {
    const { after, limit } = options;
    const current = this.all().filter(([, versions]) => versions[0]?.seed !== undefined);
    const entries = new Set(current.flatMap(([key]) => rolledUp(key, options) ?? []));
    const behind = [...entries]
      .filter((entry) => after === undefined || inBytes(entry, after) > 0)
      .sort(inBytes);
    const page = behind.slice(0, limit);
    const isPrefix = (entry: string): boolean =>
      rolledUp(entry, options) === entry && isRolled(entry, options);
    return {
      keys: page.filter((entry) => !isPrefix(entry)),
      commonPrefixes: page.filter(isPrefix),
      next: behind.length > limit ? page.at(-1) : undefined,
    };
  }

  /** Versions as `key,version id,latest,marker`, and common prefixes. */
  allVersions(options: ModelOptions): ReadonlySet<string> {
    const entries = this.all().flatMap(([key, versions]) => {
      const entry = rolledUp(key, options);
      if (entry === undefined) return [];
      if (isRolled(key, options)) return [entry];
      return versions.map(({ versionId, seed }, i) => [key, versionId, i === 0, seed === undefined].join());
    });
    return new Set(entries);
  }
}

function inBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The key, or the common prefix that stands for it; undefined when it has not the prefix. */
function rolledUp(key: string, { prefix, delimiter }: ModelOptions): string | undefined {
  if (!key.startsWith(prefix)) return undefined;
  const at = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
  return at < 0 ? key : key.slice(0, at + delimiter.length);
}

function isRolled(key: string, { prefix, delimiter }: ModelOptions): boolean {
  return delimiter !== "" && key.includes(delimiter, prefix.length);
}
