import { createHash } from "node:crypto";
import type { ApplicationStatus } from "@aws-sdk/client-kinesis-analytics-v2";
import { SerialTasks } from "../../../core/serial-tasks.ts";
import { applicationArn } from "../arn.ts";
import type { ApplicationDocument, SnapshotDocument } from "./document.ts";

/** An application in memory: its document, its snapshots, and what happens to it, one thing after the other. */
export class Application {
  readonly arn: string;
  /** Changes of the document. */
  readonly changes: SerialTasks = new SerialTasks();
  /** Work on the job. */
  readonly transitions: SerialTasks = new SerialTasks();
  readonly snapshots: Map<string, SnapshotDocument> = new Map();
  #document: ApplicationDocument;

  constructor(document: ApplicationDocument) {
    this.#document = document;
    this.arn = applicationArn(document);
  }

  get document(): ApplicationDocument {
    return this.#document;
  }

  /** What the engine knows it by: an application that is made anew under its name is another. */
  get key(): string {
    return `${this.arn}/${this.#document.id}`;
  }

  get status(): ApplicationStatus {
    return this.#document.status;
  }

  adopt(document: ApplicationDocument): void {
    this.#document = document;
  }

  /** Another one with each version. */
  get conditionalToken(): string {
    const { id, current } = this.#document;
    return createHash("sha256").update(`${id} ${current.version} ${current.createdMs}`).digest("base64url");
  }

  /** The newest snapshot that a start may use. */
  latestSnapshot(hidden: boolean): SnapshotDocument | undefined {
    let latest: SnapshotDocument | undefined;
    for (const snapshot of this.snapshots.values()) {
      if (snapshot.status !== "READY" || (snapshot.isHidden ?? false) !== hidden) continue;
      if (latest === undefined || snapshot.createdMs >= latest.createdMs) latest = snapshot;
    }
    return latest;
  }
}
