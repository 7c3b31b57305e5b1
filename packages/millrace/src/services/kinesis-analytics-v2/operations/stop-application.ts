import type { StopApplicationRequest, StopApplicationResponse } from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { stopTransition } from "../applications/change.ts";
import { isSql } from "../applications/document.ts";
import { applicationNamed, checkStatus } from "../applications/lookup.ts";
import { invalidArgument } from "../errors.ts";
import { lastStoppedPoint } from "../running/transition-runner.ts";
import { newOperation, statusDuring } from "../running/transitions.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function stopApplication(
  state: KinesisAnalyticsV2State,
  { ApplicationName: name, Force: force = false }: Input<StopApplicationRequest>,
  call: Call,
): Promise<StopApplicationResponse> {
  const application = applicationNamed(state, call, name);
  const { runtime } = application.document.current;
  if (force && isSql(runtime))
    throw invalidArgument("Force is not supported for applications with the runtime SQL-1_0.");
  const allowed = force
    ? (["STARTING", "UPDATING", "STOPPING", "AUTOSCALING", "RUNNING"] as const)
    : (["RUNNING"] as const);
  checkStatus(application.document, allowed);
  const taken = force ? {} : stopTransition(application);
  const stopping = isSql(runtime) ? { ...taken, stopName: lastStoppedPoint } : taken;
  const operation = newOperation(call.operation, state.clock.now());
  await state.lifecycle.begin(application, operation, (document) => {
    checkStatus(document, allowed);
    return {
      ...document,
      status: force ? "FORCE_STOPPING" : statusDuring.stop,
      transition: { kind: "stop", operationId: operation.id, ...stopping },
    };
  });
  await state.studio.stopped(application);
  return { OperationId: isSql(runtime) ? undefined : operation.id };
}
