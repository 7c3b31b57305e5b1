import { isDeepStrictEqual } from "node:util";
import type { Call } from "../../../gateway/call.ts";
import { archivesOf, checkCode, keptArchives, withRead } from "../code/code-check.ts";
import { limitExceeded } from "../errors.ts";
import { limits } from "../limits.ts";
import { ended, newId, newOperation, statusDuring } from "../running/transitions.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";
import type { Application } from "./application.ts";
import {
  type ApplicationDocument,
  isFlink,
  isStudio,
  type OperationDocument,
  type RunDocument,
  type Transition,
  type VersionDocument,
} from "./document.ts";
import { applicationNamed, checkExpected, checkStatus, type Expected } from "./lookup.ts";

/** What a new version has that the one before has not. */
export interface VersionChange {
  readonly version: Partial<
    Pick<VersionDocument, "runtime" | "role" | "configuration" | "logging" | "archive">
  >;
  /** An archive that came inside the call. */
  readonly archive?: Uint8Array | undefined;
  /** With what a running job is restarted. */
  readonly run?: RunDocument | undefined;
  /** Engine's name of the snapshot to restore; undefined: the one that is taken now, null: none. */
  readonly restoreFrom?: string | null;
  /** A running job is restarted even if nothing of it has changed. */
  readonly restarts?: boolean;
}

export interface Changed {
  readonly application: Application;
  /** SQL-1_0 has no operations. */
  readonly operationId: string | undefined;
}

type ExpectedOf = Expected & { readonly ApplicationName: string };

/**
 * Makes a new version of an application; where its job runs and is concerned, the job is stopped with a snapshot
 * and started from it as the new version says.
 * @param change is asked with the version that is current; it may be asked again after another call's change
 * @throws ServiceError
 */
export async function changeVersion(
  state: KinesisAnalyticsV2State,
  call: Call,
  input: ExpectedOf,
  change: (application: Application) => VersionChange,
): Promise<Changed> {
  const application = applicationNamed(state, call, input.ApplicationName);
  checkExpected(application, input);
  checkStatus(application.document, ["READY", "RUNNING"]);
  const asked = change(application);
  const before = application.document.current;
  const { version: changed, archive } = asked;
  let version = nextVersion(before, changed, state.clock.now());
  let read: Buffer | undefined;
  if (!isDeepStrictEqual(codeOf(version), codeOf(before))) {
    const kept = keptArchives(state.applications, application);
    const archives = archivesOf(kept, { sha256: version.archive, archive });
    read = await checkCode(state.dependencies, application.document, version, archives);
    version = withRead(version, read);
  }
  const nowMs = state.clock.now();
  const operation = newOperation(call.operation, nowMs, { from: before.version, to: version.version });
  const check = (document: ApplicationDocument): void => {
    // Another call may have come first while the code was looked at.
    checkExpected(application, input);
    checkStatus(document, ["READY", "RUNNING"]);
  };
  const concerned = asked.restarts === true || !isDeepStrictEqual(jobPart(version), jobPart(before));
  if (application.status === "RUNNING" && concerned)
    await restart(state, application, { asked, version, archive: archive ?? read, operation, check });
  else
    await state.applications.change(
      application,
      (document) => {
        check(document);
        return { ...document, ...runOf(document, asked), current: version, updatedMs: nowMs };
      },
      { archive: archive ?? read, operations: [ended(operation, "SUCCESSFUL", nowMs)] },
    );
  return { application, operationId: operation.id };
}

interface Restart {
  readonly asked: VersionChange;
  readonly version: VersionDocument;
  readonly archive: Uint8Array | undefined;
  readonly operation: OperationDocument;
  readonly check: (document: ApplicationDocument) => void;
}

async function restart(
  state: KinesisAnalyticsV2State,
  application: Application,
  { asked, version, archive, operation, check }: Restart,
): Promise<void> {
  const stopping = stopTransition(application);
  await state.lifecycle.begin(
    application,
    operation,
    (document) => {
      check(document);
      const { stopWith } = stopping;
      const restoreFrom = asked.restoreFrom === undefined ? stopWith : (asked.restoreFrom ?? undefined);
      const transition: Transition = {
        kind: "update",
        operationId: operation.id,
        from: document.current.version,
        ...stopping,
        ...(restoreFrom !== undefined && { restoreFrom }),
      };
      const run = runOf(document, asked);
      return { ...document, ...run, status: statusDuring.update, current: version, transition };
    },
    { archive },
  );
}

/** With which snapshot a running job is stopped: with one that users see, with one of our own, or with none. */
export function stopTransition(application: Application): Pick<Transition, "stopWith" | "stopName"> {
  const { current } = application.document;
  if (isStudio(current.runtime)) return {};
  if (!isFlink(current.runtime)) return { stopWith: newId() };
  const { SnapshotsEnabled: isEnabled } =
    current.configuration.ApplicationSnapshotConfigurationDescription ?? {};
  if (isEnabled !== true) return {};
  if (application.snapshots.size >= limits.snapshots)
    throw limitExceeded(
      `Application ${application.document.name} has ${limits.snapshots} snapshots already.`,
    );
  const name = newId();
  return { stopWith: name, stopName: name };
}

/** For a stop or an update that says how to restore. */
function runOf(document: ApplicationDocument, { run }: VersionChange): Pick<ApplicationDocument, "run"> {
  if (run !== undefined) return { run };
  // An update that does not say so does not allow it any more.
  return { run: document.run && { ...document.run, allowNonRestoredState: false } };
}

function nextVersion(
  before: VersionDocument,
  changed: VersionChange["version"],
  nowMs: number,
): VersionDocument {
  const { rolledBackFrom: _from, rolledBackTo: _to, isRolledBack: _left, ...kept } = before;
  const version = { ...kept, version: before.version + 1, createdMs: nowMs, updatedFrom: before.version };
  return { ...version, ...changed };
}

const codeOf = ({ runtime, configuration, archive, role }: VersionDocument): object => ({
  runtime,
  role,
  archive,
  code: configuration.ApplicationCodeConfigurationDescription,
  environment: configuration.EnvironmentPropertyDescriptions,
  sql: configuration.SqlApplicationConfigurationDescription,
});

/** What a running job depends on. */
const jobPart = (version: VersionDocument): object => ({
  ...codeOf(version),
  flink: {
    ...version.configuration.FlinkApplicationConfigurationDescription,
    MonitoringConfigurationDescription: undefined,
  },
});
