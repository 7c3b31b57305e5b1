import type {
  CreateApplicationSnapshotRequest,
  CreateApplicationSnapshotResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import type { SnapshotDocument } from "../applications/document.ts";
import { applicationNamed, checkStatus, notForSql } from "../applications/lookup.ts";
import { invalidConfiguration, limitExceeded, resourceInUse } from "../errors.ts";
import { limits } from "../limits.ts";
import { newId } from "../running/transitions.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function createApplicationSnapshot(
  state: KinesisAnalyticsV2State,
  { ApplicationName, SnapshotName: name }: Input<CreateApplicationSnapshotRequest>,
  call: Call,
): Promise<CreateApplicationSnapshotResponse> {
  const application = applicationNamed(state, call, ApplicationName);
  notForSql(application, call.operation);
  const { snapshots } = application;
  const { current } = application.document;
  const { SnapshotsEnabled: isEnabled } =
    current.configuration.ApplicationSnapshotConfigurationDescription ?? {};
  if (isEnabled !== true)
    throw invalidConfiguration(`Snapshots are not enabled for application ${ApplicationName}.`);
  const snapshot: SnapshotDocument = {
    ...{ name, engineName: newId(), status: "CREATING", version: current.version },
    ...{ createdMs: state.clock.now(), runtime: current.runtime },
  };
  await state.applications.change(
    application,
    (document) => {
      checkStatus(document, ["RUNNING"]);
      if (snapshots.has(name)) throw resourceInUse(`Snapshot ${name} already exists.`);
      if ([...snapshots.values()].some(({ status }) => status === "CREATING"))
        throw resourceInUse(`Another snapshot of application ${ApplicationName} is being created.`);
      if (snapshots.size >= limits.snapshots)
        throw limitExceeded(`Application ${ApplicationName} has ${limits.snapshots} snapshots already.`);
      return document;
    },
    { snapshots: [snapshot] },
  );
  state.snapshots.take(application, snapshot);
  return {};
}
