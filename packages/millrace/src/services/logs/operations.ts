import type { OperationTable } from "../../gateway/service.ts";
import { anyGroup, groupResource, noResource, streamResource, taggedResource } from "./lookup.ts";
import { createLogGroup } from "./operations/create-log-group.ts";
import { createLogStream } from "./operations/create-log-stream.ts";
import { deleteLogGroup } from "./operations/delete-log-group.ts";
import { deleteLogStream } from "./operations/delete-log-stream.ts";
import { deleteMetricFilter } from "./operations/delete-metric-filter.ts";
import { deleteResourcePolicy } from "./operations/delete-resource-policy.ts";
import { deleteRetentionPolicy } from "./operations/delete-retention-policy.ts";
import { describeLogGroups } from "./operations/describe-log-groups.ts";
import { describeLogStreams } from "./operations/describe-log-streams.ts";
import { describeMetricFilters } from "./operations/describe-metric-filters.ts";
import { describeResourcePolicies } from "./operations/describe-resource-policies.ts";
import { filterLogEvents } from "./operations/filter-log-events.ts";
import { getLogEvents } from "./operations/get-log-events.ts";
import { listTagsForResource } from "./operations/list-tags-for-resource.ts";
import { listTagsLogGroup } from "./operations/list-tags-log-group.ts";
import { putLogEvents } from "./operations/put-log-events.ts";
import { putMetricFilter } from "./operations/put-metric-filter.ts";
import { putResourcePolicy } from "./operations/put-resource-policy.ts";
import { putRetentionPolicy } from "./operations/put-retention-policy.ts";
import { tagLogGroup } from "./operations/tag-log-group.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { testMetricFilter } from "./operations/test-metric-filter.ts";
import { untagLogGroup } from "./operations/untag-log-group.ts";
import { untagResource } from "./operations/untag-resource.ts";
import type { LogsState } from "./state.ts";

/** What Millrace has of CloudWatch Logs. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<LogsState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  // coverage: no encryption (kmsKeyId), no other class than STANDARD, no deletion protection
  CreateLogGroup: { run: createLogGroup, resources: groupResource },
  CreateLogStream: { run: createLogStream, resources: streamResource },
  DeleteLogGroup: { run: deleteLogGroup, resources: groupResource },
  DeleteLogStream: { run: deleteLogStream, resources: streamResource },
  DeleteMetricFilter: { run: deleteMetricFilter, resources: groupResource },
  DeleteResourcePolicy: { run: deleteResourcePolicy, resources: noResource },
  DeleteRetentionPolicy: { run: deleteRetentionPolicy, resources: groupResource },
  // coverage: no linked accounts
  DescribeLogGroups: { run: describeLogGroups, resources: anyGroup },
  DescribeLogStreams: { run: describeLogStreams, resources: groupResource },
  DescribeMetricFilters: { run: describeMetricFilters, resources: groupResource },
  DescribeResourcePolicies: { run: describeResourcePolicies, resources: noResource },
  // coverage: no regular expressions in patterns
  FilterLogEvents: { run: filterLogEvents, resources: groupResource },
  GetLogEvents: { run: getLogEvents, resources: streamResource },
  ListTagsForResource: { run: listTagsForResource, resources: taggedResource },
  ListTagsLogGroup: { run: listTagsLogGroup, resources: taggedResource },
  // coverage: entities are rejected
  PutLogEvents: { run: putLogEvents, resources: streamResource },
  // coverage: no regular expressions in patterns, no transformed logs
  PutMetricFilter: { run: putMetricFilter, resources: groupResource },
  // coverage: no policies of a single resource
  PutResourcePolicy: { run: putResourcePolicy, resources: noResource },
  PutRetentionPolicy: { run: putRetentionPolicy, resources: groupResource },
  TagLogGroup: { run: tagLogGroup, resources: taggedResource },
  TagResource: { run: tagResource, resources: taggedResource },
  // coverage: no regular expressions in patterns
  TestMetricFilter: { run: testMetricFilter, resources: noResource },
  UntagLogGroup: { run: untagLogGroup, resources: taggedResource },
  UntagResource: { run: untagResource, resources: taggedResource },
};
