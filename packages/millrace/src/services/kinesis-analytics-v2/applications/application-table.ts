import type { SqlFile } from "../../../core/sql-file.ts";
import { applicationNotFound, resourceInUse } from "../errors.ts";
import { limits } from "../limits.ts";
import { Application } from "./application.ts";
import type {
  ApplicationDocument,
  OperationDocument,
  Owner,
  SnapshotDocument,
  VersionDocument,
} from "./document.ts";
import { OperationTable } from "./operation-table.ts";
import { VersionTable } from "./version-table.ts";

/** What is written together with a change of an application, or not at all. */
export interface Beside {
  readonly operations?: readonly OperationDocument[];
  /** Filled while the document is changed. */
  readonly lateOperations?: readonly OperationDocument[];
  /** Asked when the document was changed: whether operations and versions are left out. */
  readonly isLeftOut?: () => boolean;
  /** Older versions that are marked. */
  readonly versions?: readonly VersionDocument[];
  readonly snapshots?: readonly SnapshotDocument[];
  readonly archive?: Uint8Array | undefined;
}

/**
 * The applications of all accounts and regions. Every change of one goes through `change`, which makes it durable
 * first and visible afterwards, one change after the other.
 */
export class ApplicationTable {
  readonly #file: SqlFile;
  readonly #byName = new Map<string, Application>();
  readonly versions: VersionTable;
  readonly operations: OperationTable;

  constructor(file: SqlFile) {
    this.#file = file;
    this.versions = new VersionTable(file);
    this.operations = new OperationTable(file);
  }

  load(): void {
    for (const row of this.#file.prepare("SELECT document FROM applications").all()) {
      const application = new Application(JSON.parse(String(row["document"])) as ApplicationDocument);
      this.#byName.set(keyOf(application.document), application);
      const snapshots = this.#file.prepare("SELECT document FROM snapshots WHERE application = ?");
      for (const found of snapshots.all(application.document.id)) {
        const snapshot = JSON.parse(String(found["document"])) as SnapshotDocument;
        application.snapshots.set(snapshot.name, snapshot);
      }
    }
  }

  get(owner: Owner, name: string): Application | undefined {
    return this.#byName.get(keyOf({ ...owner, name }));
  }

  all(): Iterable<Application> {
    return this.#byName.values();
  }

  /** By name. */
  list({ account, region }: Owner): readonly Application[] {
    return [...this.#byName.values()]
      .filter(({ document }) => document.account === account && document.region === region)
      .sort((a, b) => (a.document.name < b.document.name ? -1 : 1));
  }

  /** Whether it is still there: one that was made anew under its name is another. */
  has(application: Application): boolean {
    return this.#byName.get(keyOf(application.document)) === application;
  }

  async create(document: ApplicationDocument, beside: Beside): Promise<Application> {
    const key = keyOf(document);
    if (this.#byName.has(key)) throw resourceInUse(`Application ${document.name} already exists.`);
    const application = new Application(document);
    this.#byName.set(key, application);
    try {
      await this.#write(document, undefined, beside);
    } catch (error) {
      this.#byName.delete(key);
      throw error;
    }
    return application;
  }

  /** Replaces the document by what `next` makes of it; nothing changes when `next` throws. */
  change(
    application: Application,
    next: (document: ApplicationDocument) => ApplicationDocument,
    beside: Beside = {},
  ): Promise<ApplicationDocument> {
    return application.changes.run(async () => {
      const before = application.document;
      if (!this.has(application)) throw applicationNotFound(before.name);
      const document = next(before);
      await this.#write(document, before, beside);
      application.adopt(document);
      for (const snapshot of beside.snapshots ?? []) application.snapshots.set(snapshot.name, snapshot);
      return document;
    });
  }

  removeSnapshot(application: Application, name: string): Promise<void> {
    const remove = this.#file.prepare("DELETE FROM snapshots WHERE application = ? AND name = ?");
    return application.changes.run(async () => {
      await this.#file.write(() => void remove.run(application.document.id, name));
      application.snapshots.delete(name);
    });
  }

  /** Forgets an application with all that belongs to it. */
  remove(application: Application): Promise<void> {
    return application.changes.run(async () => {
      if (!this.has(application)) return;
      const { id } = application.document;
      await this.#file.write(() => {
        this.#file.prepare("DELETE FROM applications WHERE id = ?").run(id);
        for (const table of ["versions", "operations", "snapshots", "notes", "code"])
          this.#file.prepare(`DELETE FROM ${table} WHERE application = ?`).run(id);
      });
      this.#byName.delete(keyOf(application.document));
    });
  }

  /** An archive that came inside a call. */
  archive(application: Application, sha256: string): Uint8Array | undefined {
    const select = this.#file.prepare("SELECT content FROM code WHERE application = ? AND sha256 = ?");
    const content = select.get(application.document.id, sha256)?.["content"];
    return content instanceof Uint8Array ? content : undefined;
  }

  #write(
    document: ApplicationDocument,
    before: ApplicationDocument | undefined,
    { operations = [], lateOperations = [], isLeftOut, versions = [], snapshots = [], archive }: Beside,
  ): Promise<void> {
    const { id, current } = document;
    return this.#file.write(() => {
      this.#file
        .prepare("INSERT OR REPLACE INTO applications VALUES (?, ?)")
        .run(id, JSON.stringify(document));
      if (before?.current !== current) this.versions.put(id, current);
      if (isLeftOut?.() !== true) {
        for (const version of versions) this.versions.put(id, version);
        for (const operation of [...lateOperations, ...operations]) this.operations.put(id, operation);
      }
      for (const snapshot of snapshots)
        this.#file
          .prepare("INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)")
          .run(id, snapshot.name, JSON.stringify(snapshot));
      if (archive !== undefined && current.archive !== undefined)
        this.#file.prepare("INSERT OR REPLACE INTO code VALUES (?, ?, ?)").run(id, current.archive, archive);
      if (before?.current.version !== current.version) this.versions.prune(id, limits.keptVersions);
    });
  }

  async reset(): Promise<void> {
    await this.#file.write(() => {
      for (const table of ["applications", "versions", "operations", "snapshots", "notes", "code"])
        this.#file.prepare(`DELETE FROM ${table}`).run();
    });
    this.#byName.clear();
  }
}

function keyOf({ account, region, name }: Owner & { readonly name: string }): string {
  return `${account}/${region}/${name}`;
}
