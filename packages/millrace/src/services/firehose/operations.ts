import type { OperationTable } from "../../gateway/service.ts";
import { createDeliveryStream } from "./operations/create-delivery-stream.ts";
import { deleteDeliveryStream } from "./operations/delete-delivery-stream.ts";
import { describeDeliveryStream } from "./operations/describe-delivery-stream.ts";
import { listDeliveryStreams } from "./operations/list-delivery-streams.ts";
import { listTagsForDeliveryStream } from "./operations/list-tags-for-delivery-stream.ts";
import { putRecord } from "./operations/put-record.ts";
import { putRecordBatch } from "./operations/put-record-batch.ts";
import { startDeliveryStreamEncryption } from "./operations/start-delivery-stream-encryption.ts";
import { stopDeliveryStreamEncryption } from "./operations/stop-delivery-stream-encryption.ts";
import { tagDeliveryStream } from "./operations/tag-delivery-stream.ts";
import { untagDeliveryStream } from "./operations/untag-delivery-stream.ts";
import { updateDestination } from "./operations/update-destination.ts";
import { createPermissions, encryptionPermissions, updatePermissions } from "./permissions.ts";
import type { FirehoseState } from "./state.ts";
import { noResource, streamResource } from "./stream-lookup.ts";

/** What Millrace has of Data Firehose. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<FirehoseState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  // coverage: no MSK and database sources, no OpenSearch Serverless, Iceberg and Snowflake destinations, no ORC
  CreateDeliveryStream: {
    run: createDeliveryStream,
    resources: streamResource,
    permissions: createPermissions,
  },
  DeleteDeliveryStream: { run: deleteDeliveryStream, resources: streamResource },
  DescribeDeliveryStream: { run: describeDeliveryStream, resources: streamResource },
  ListDeliveryStreams: { run: listDeliveryStreams, resources: noResource },
  ListTagsForDeliveryStream: { run: listTagsForDeliveryStream, resources: streamResource },
  PutRecord: { run: putRecord, resources: streamResource },
  PutRecordBatch: { run: putRecordBatch, resources: streamResource },
  StartDeliveryStreamEncryption: {
    run: startDeliveryStreamEncryption,
    resources: streamResource,
    permissions: encryptionPermissions,
  },
  StopDeliveryStreamEncryption: { run: stopDeliveryStreamEncryption, resources: streamResource },
  TagDeliveryStream: { run: tagDeliveryStream, resources: streamResource },
  UntagDeliveryStream: { run: untagDeliveryStream, resources: streamResource },
  UpdateDestination: { run: updateDestination, resources: streamResource, permissions: updatePermissions },
};
