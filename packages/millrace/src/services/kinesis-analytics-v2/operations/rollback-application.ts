import type {
  RollbackApplicationRequest,
  RollbackApplicationResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { detailOf } from "../applications/description.ts";
import { applicationNamed, checkExpected, checkStatus, notForSql } from "../applications/lookup.ts";
import { invalidRequest } from "../errors.ts";
import { newOperation, rollbackVersion, statusDuring } from "../running/transitions.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function rollbackApplication(
  state: KinesisAnalyticsV2State,
  input: Input<RollbackApplicationRequest>,
  call: Call,
): Promise<RollbackApplicationResponse> {
  const application = applicationNamed(state, call, input.ApplicationName);
  notForSql(application, call.operation);
  checkExpected(application, input);
  const allowed = ["UPDATING", "AUTOSCALING", "RUNNING"] as const;
  checkStatus(application.document, allowed);
  const { id, name, current } = application.document;
  const { updatedFrom } = current;
  const target = updatedFrom === undefined ? undefined : state.applications.versions.get(id, updatedFrom);
  if (target === undefined) throw invalidRequest(`Application ${name} has no version to roll back to.`);
  // An update that is under way may be about to take one.
  if (
    application.latestSnapshot(false) === undefined &&
    application.document.transition?.stopName === undefined
  )
    throw invalidRequest(`Application ${name} has no snapshot to roll back with.`);
  const nowMs = state.clock.now();
  const version = rollbackVersion(application.document, target, nowMs);
  const operation = newOperation(call.operation, nowMs, { from: current.version, to: version.version });
  await state.lifecycle.begin(
    application,
    operation,
    (document) => {
      checkExpected(application, input);
      checkStatus(document, allowed);
      const transition = { kind: "rollback", operationId: operation.id } as const;
      return { ...document, status: statusDuring.rollback, current: version, transition };
    },
    { versions: [{ ...current, isRolledBack: true }] },
  );
  return { ApplicationDetail: detailOf(application), OperationId: operation.id };
}
