import type {
  ApplicationOperationInfoDetails,
  DescribeApplicationOperationRequest,
  DescribeApplicationOperationResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import type { OperationDocument } from "../applications/document.ts";
import { applicationNamed, notForSql } from "../applications/lookup.ts";
import { operationNotFound } from "../errors.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export function describeApplicationOperation(
  state: KinesisAnalyticsV2State,
  { ApplicationName: name, OperationId: id }: Input<DescribeApplicationOperationRequest>,
  call: Call,
): DescribeApplicationOperationResponse {
  const application = applicationNamed(state, call, name);
  notForSql(application, call.operation);
  const document = state.applications.operations.get(application.document.id, id);
  if (document === undefined) throw operationNotFound(id, name);
  return { ApplicationOperationInfoDetails: detailsOf(document) };
}

function detailsOf(document: OperationDocument): ApplicationOperationInfoDetails {
  const { operation, startMs, endMs, status, updatedFrom, updatedTo, failure, rollbackOperationId } =
    document;
  return {
    Operation: operation,
    StartTime: new Date(startMs),
    EndTime: endMs === undefined ? undefined : new Date(endMs),
    OperationStatus: status,
    ...(updatedFrom !== undefined && {
      ApplicationVersionChangeDetails: {
        ApplicationVersionUpdatedFrom: updatedFrom,
        ApplicationVersionUpdatedTo: updatedTo,
      },
    }),
    ...(failure !== undefined && {
      OperationFailureDetails: {
        RollbackOperationId: rollbackOperationId,
        ErrorInfo: { ErrorString: failure },
      },
    }),
  };
}
