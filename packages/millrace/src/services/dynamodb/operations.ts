import type { OperationTable } from "../../gateway/service.ts";
import { batchGetItem } from "./operations/batch-get-item.ts";
import { batchWriteItem } from "./operations/batch-write-item.ts";
import { createTable } from "./operations/create-table.ts";
import { deleteItem } from "./operations/delete-item.ts";
import { deleteResourcePolicy } from "./operations/delete-resource-policy.ts";
import { deleteTable } from "./operations/delete-table.ts";
import { describeContinuousBackups } from "./operations/describe-continuous-backups.ts";
import { describeLimits } from "./operations/describe-limits.ts";
import { describeTable } from "./operations/describe-table.ts";
import { describeTimeToLive } from "./operations/describe-time-to-live.ts";
import { getItem } from "./operations/get-item.ts";
import { getResourcePolicy } from "./operations/get-resource-policy.ts";
import { listTables } from "./operations/list-tables.ts";
import { listTagsOfResource } from "./operations/list-tags-of-resource.ts";
import { putItem } from "./operations/put-item.ts";
import { putResourcePolicy } from "./operations/put-resource-policy.ts";
import { query } from "./operations/query.ts";
import { scan } from "./operations/scan.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { transactGetItems } from "./operations/transact-get-items.ts";
import { transactWriteItems } from "./operations/transact-write-items.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateContinuousBackups } from "./operations/update-continuous-backups.ts";
import { updateItem } from "./operations/update-item.ts";
import { updateTable } from "./operations/update-table.ts";
import { updateTimeToLive } from "./operations/update-time-to-live.ts";
import type { DynamodbState } from "./state.ts";
import { batchResource, transactPermissions, transactResource } from "./tables/batch-resource.ts";
import { arnResource, indexResource, noResource, tableResource } from "./tables/table-lookup.ts";

/** What Millrace has of DynamoDB. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<DynamodbState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  BatchGetItem: { run: batchGetItem, resources: batchResource },
  BatchWriteItem: { run: batchWriteItem, resources: batchResource },
  // coverage: no streams, no encryption with a key of KMS, no global tables, no vector indexes, no warm throughput
  CreateTable: { run: createTable, resources: tableResource },
  DeleteItem: { run: deleteItem, resources: tableResource },
  // coverage: no policies of streams
  DeleteResourcePolicy: { run: deleteResourcePolicy, resources: arnResource },
  DeleteTable: { run: deleteTable, resources: tableResource },
  // coverage: the setting as it was kept; nothing can be restored
  DescribeContinuousBackups: { run: describeContinuousBackups, resources: tableResource },
  DescribeLimits: { run: describeLimits, resources: noResource },
  DescribeTable: { run: describeTable, resources: tableResource },
  DescribeTimeToLive: { run: describeTimeToLive, resources: tableResource },
  GetItem: { run: getItem, resources: tableResource },
  // coverage: no policies of streams
  GetResourcePolicy: { run: getResourcePolicy, resources: arnResource },
  ListTables: { run: listTables, resources: noResource },
  ListTagsOfResource: { run: listTagsOfResource, resources: arnResource },
  PutItem: { run: putItem, resources: tableResource },
  // coverage: no policies of streams
  PutResourcePolicy: { run: putResourcePolicy, resources: arnResource },
  Query: { run: query, resources: indexResource },
  Scan: { run: scan, resources: indexResource },
  TagResource: { run: tagResource, resources: arnResource },
  TransactGetItems: { run: transactGetItems, resources: transactResource, permissions: transactPermissions },
  TransactWriteItems: {
    run: transactWriteItems,
    resources: transactResource,
    permissions: transactPermissions,
    ownsRepetitions: true,
  },
  UntagResource: { run: untagResource, resources: arnResource },
  // coverage: the setting is kept; nothing can be restored
  UpdateContinuousBackups: { run: updateContinuousBackups, resources: tableResource },
  UpdateItem: { run: updateItem, resources: tableResource },
  // coverage: no streams, no encryption with a key of KMS, no global tables, no vector indexes, no warm throughput
  UpdateTable: { run: updateTable, resources: tableResource },
  UpdateTimeToLive: { run: updateTimeToLive, resources: tableResource },
};
