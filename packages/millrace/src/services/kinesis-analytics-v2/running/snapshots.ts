import { messageOf } from "../../../core/errors.ts";
import type { Application } from "../applications/application.ts";
import type { ApplicationTable } from "../applications/application-table.ts";
import type { SnapshotDocument } from "../applications/document.ts";
import type { ApplicationLogs } from "./application-logs.ts";
import type { JobHost } from "./job-host.ts";
import type { Lifecycle } from "./lifecycle.ts";

interface Parts {
  readonly table: ApplicationTable;
  readonly jobs: JobHost;
  readonly logs: ApplicationLogs;
  readonly lifecycle: Lifecycle;
}

const logger = "millrace.analytics.Snapshots";

/** Ends CREATING and DELETING of snapshots, in the background and after a restart of the process. */
export class Snapshots {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The document is durable, and says CREATING. */
  take(application: Application, snapshot: SnapshotDocument): void {
    this.#parts.lifecycle.background(() =>
      application.transitions.run(async () => {
        const { jobs, logs } = this.#parts;
        let isTaken = true;
        try {
          await jobs.snapshot(application, snapshot.engineName);
        } catch (error) {
          isTaken = false;
          logs.write(application, "ERROR", logger, `Snapshot ${snapshot.name} failed: ${messageOf(error)}`);
        }
        await this.#end(application, snapshot, isTaken);
      }),
    );
  }

  /** The document is durable, and says DELETING. */
  remove(application: Application, snapshot: SnapshotDocument): void {
    this.#parts.lifecycle.background(async () => {
      await this.#parts.jobs.deleteSnapshot(application, snapshot.engineName);
      if (this.#parts.table.has(application))
        await this.#parts.table.removeSnapshot(application, snapshot.name);
    });
  }

  /** After a crash: a snapshot is there if the engine has it. */
  resume(): void {
    for (const application of this.#parts.table.all())
      for (const snapshot of application.snapshots.values()) {
        if (snapshot.status === "DELETING") this.remove(application, snapshot);
        if (snapshot.status === "CREATING")
          this.#parts.lifecycle.background(async () => {
            const isTaken = await this.#parts.jobs.hasSnapshot(application, snapshot.engineName);
            await this.#end(application, snapshot, isTaken);
          });
      }
  }

  async #end(application: Application, snapshot: SnapshotDocument, isTaken: boolean): Promise<void> {
    const { table } = this.#parts;
    if (!table.has(application)) return;
    const status = isTaken ? "READY" : "FAILED";
    await table.change(application, (document) => document, { snapshots: [{ ...snapshot, status }] });
  }
}
