import type {
  DeleteApplicationRequest,
  DeleteApplicationResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { applicationNamed, checkStatus } from "../applications/lookup.ts";
import { invalidArgument } from "../errors.ts";
import { newOperation, statusDuring } from "../running/transitions.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

/** Timestamps go over the wire with milliseconds, or are cut to seconds by a client. */
const precisionMs = 1_000;

export async function deleteApplication(
  state: KinesisAnalyticsV2State,
  input: Input<DeleteApplicationRequest>,
  call: Call,
): Promise<DeleteApplicationResponse> {
  const application = applicationNamed(state, call, input.ApplicationName);
  const { createdMs, name } = application.document;
  if (Math.abs(input.CreateTimestamp.getTime() - createdMs) >= precisionMs)
    throw invalidArgument(`The CreateTimestamp is not that of application ${name}.`);
  const operation = newOperation(call.operation, state.clock.now());
  await state.lifecycle.begin(application, operation, (document) => {
    // What runs is halted first, without a snapshot, as AWS documents it.
    checkStatus(document, ["READY", "RUNNING"]);
    return {
      ...document,
      status: statusDuring.delete,
      transition: { kind: "delete", operationId: operation.id },
    };
  });
  return {};
}
