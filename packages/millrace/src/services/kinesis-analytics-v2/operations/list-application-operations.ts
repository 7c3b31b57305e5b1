import type {
  ListApplicationOperationsRequest,
  ListApplicationOperationsResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { applicationNamed, notForSql } from "../applications/lookup.ts";
import { pageOf } from "../page.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export function listApplicationOperations(
  state: KinesisAnalyticsV2State,
  input: Input<ListApplicationOperationsRequest>,
  call: Call,
): ListApplicationOperationsResponse {
  const { Operation: operation, OperationStatus: status } = input;
  const application = applicationNamed(state, call, input.ApplicationName);
  notForSql(application, call.operation);
  const { id } = application.document;
  const page = pageOf(state, call, input, { application: id, operation, status }, (after, count) =>
    state.applications.operations
      .list(id, { operation, status }, after === undefined ? undefined : Number(after), count)
      .map(({ seq, document }) => ({ item: document, place: seq })),
  );
  return {
    ApplicationOperationInfoList: page.items.map((document) => ({
      Operation: document.operation,
      OperationId: document.id,
      StartTime: new Date(document.startMs),
      EndTime: document.endMs === undefined ? undefined : new Date(document.endMs),
      OperationStatus: document.status,
    })),
    NextToken: page.nextToken,
  };
}
