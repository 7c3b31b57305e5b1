import type { OperationTable } from "../../gateway/service.ts";
import { channelListResource, channelResource } from "./channels/channel-lookup.ts";
import { createChannelPermissions } from "./channels/channel-permissions.ts";
import { addTagsToStream } from "./operations/add-tags-to-stream.ts";
import { createChannel } from "./operations/create-channel.ts";
import { createStream } from "./operations/create-stream.ts";
import { decreaseStreamRetentionPeriod } from "./operations/decrease-stream-retention-period.ts";
import { deleteChannel } from "./operations/delete-channel.ts";
import { deleteResourcePolicy } from "./operations/delete-resource-policy.ts";
import { deleteStream } from "./operations/delete-stream.ts";
import { deregisterStreamConsumer } from "./operations/deregister-stream-consumer.ts";
import { describeAccountSettings } from "./operations/describe-account-settings.ts";
import { describeChannel } from "./operations/describe-channel.ts";
import { describeLimits } from "./operations/describe-limits.ts";
import { describeStream } from "./operations/describe-stream.ts";
import { describeStreamConsumer } from "./operations/describe-stream-consumer.ts";
import { describeStreamSummary } from "./operations/describe-stream-summary.ts";
import { disableEnhancedMonitoring } from "./operations/disable-enhanced-monitoring.ts";
import { enableEnhancedMonitoring } from "./operations/enable-enhanced-monitoring.ts";
import { getRecords } from "./operations/get-records.ts";
import { getResourcePolicy } from "./operations/get-resource-policy.ts";
import { getShardIterator } from "./operations/get-shard-iterator.ts";
import { increaseStreamRetentionPeriod } from "./operations/increase-stream-retention-period.ts";
import { listChannels } from "./operations/list-channels.ts";
import { listShards } from "./operations/list-shards.ts";
import { listStreamConsumers } from "./operations/list-stream-consumers.ts";
import { listStreams } from "./operations/list-streams.ts";
import { listTagsForResource } from "./operations/list-tags-for-resource.ts";
import { listTagsForStream } from "./operations/list-tags-for-stream.ts";
import { mergeShards } from "./operations/merge-shards.ts";
import { putRecord } from "./operations/put-record.ts";
import { putRecords } from "./operations/put-records.ts";
import { putResourcePolicy } from "./operations/put-resource-policy.ts";
import { registerStreamConsumer } from "./operations/register-stream-consumer.ts";
import { removeTagsFromStream } from "./operations/remove-tags-from-stream.ts";
import { splitShard } from "./operations/split-shard.ts";
import { startStreamEncryption } from "./operations/start-stream-encryption.ts";
import { stopStreamEncryption } from "./operations/stop-stream-encryption.ts";
import { subscribeToShard } from "./operations/subscribe-to-shard.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateAccountSettings } from "./operations/update-account-settings.ts";
import { updateChannel } from "./operations/update-channel.ts";
import { updateMaxRecordSize } from "./operations/update-max-record-size.ts";
import { updateShardCount } from "./operations/update-shard-count.ts";
import { updateStreamMode } from "./operations/update-stream-mode.ts";
import { updateStreamRecordDistributionStrategy } from "./operations/update-stream-record-distribution-strategy.ts";
import { updateStreamWarmThroughput } from "./operations/update-stream-warm-throughput.ts";
import { recordPermissions } from "./record-permissions.ts";
import type { KinesisState } from "./state.ts";
import {
  consumerResource,
  iteratorResource,
  listedResource,
  namedResource,
  noResource,
  streamResource,
} from "./stream-lookup.ts";

/** What Millrace has of Kinesis Data Streams. An operation that is not here answers 501 `NotImplemented`. */
export const operations: OperationTable<KinesisState> = {
  // Sorted by name; `npm run new-operation` adds lines here.
  AddTagsToStream: { run: addTagsToStream, resources: streamResource },
  // coverage: no delivery to streaming tables (S3 Tables)
  CreateChannel: {
    run: createChannel,
    resources: channelListResource,
    permissions: createChannelPermissions,
  },
  CreateStream: { run: createStream, resources: streamResource },
  DecreaseStreamRetentionPeriod: { run: decreaseStreamRetentionPeriod, resources: streamResource },
  DeleteChannel: { run: deleteChannel, resources: channelResource },
  DeleteResourcePolicy: { run: deleteResourcePolicy, resources: namedResource },
  DeleteStream: { run: deleteStream, resources: streamResource },
  DeregisterStreamConsumer: { run: deregisterStreamConsumer, resources: consumerResource },
  DescribeAccountSettings: { run: describeAccountSettings, resources: noResource },
  DescribeChannel: { run: describeChannel, resources: channelResource },
  DescribeLimits: { run: describeLimits, resources: noResource },
  DescribeStream: { run: describeStream, resources: streamResource },
  DescribeStreamConsumer: { run: describeStreamConsumer, resources: consumerResource },
  DescribeStreamSummary: { run: describeStreamSummary, resources: streamResource },
  DisableEnhancedMonitoring: { run: disableEnhancedMonitoring, resources: streamResource },
  EnableEnhancedMonitoring: { run: enableEnhancedMonitoring, resources: streamResource },
  GetRecords: {
    run: getRecords,
    resources: iteratorResource,
    permissions: recordPermissions(iteratorResource, "kms:Decrypt"),
  },
  GetResourcePolicy: { run: getResourcePolicy, resources: namedResource },
  GetShardIterator: { run: getShardIterator, resources: streamResource },
  IncreaseStreamRetentionPeriod: { run: increaseStreamRetentionPeriod, resources: streamResource },
  ListChannels: { run: listChannels, resources: channelListResource },
  ListShards: { run: listShards, resources: listedResource },
  ListStreamConsumers: { run: listStreamConsumers, resources: streamResource },
  ListStreams: { run: listStreams, resources: noResource },
  ListTagsForResource: { run: listTagsForResource, resources: namedResource },
  ListTagsForStream: { run: listTagsForStream, resources: streamResource },
  MergeShards: { run: mergeShards, resources: streamResource },
  PutRecord: {
    run: putRecord,
    resources: streamResource,
    permissions: recordPermissions(streamResource, "kms:GenerateDataKey"),
  },
  PutRecords: {
    run: putRecords,
    resources: streamResource,
    permissions: recordPermissions(streamResource, "kms:GenerateDataKey"),
  },
  PutResourcePolicy: { run: putResourcePolicy, resources: namedResource },
  RegisterStreamConsumer: { run: registerStreamConsumer, resources: streamResource },
  RemoveTagsFromStream: { run: removeTagsFromStream, resources: streamResource },
  SplitShard: { run: splitShard, resources: streamResource },
  StartStreamEncryption: { run: startStreamEncryption, resources: streamResource },
  StopStreamEncryption: { run: stopStreamEncryption, resources: streamResource },
  SubscribeToShard: {
    run: subscribeToShard,
    resources: consumerResource,
    permissions: recordPermissions(consumerResource, "kms:Decrypt"),
  },
  TagResource: { run: tagResource, resources: namedResource },
  UntagResource: { run: untagResource, resources: namedResource },
  UpdateAccountSettings: { run: updateAccountSettings, resources: noResource },
  UpdateChannel: { run: updateChannel, resources: channelResource },
  UpdateMaxRecordSize: { run: updateMaxRecordSize, resources: streamResource },
  UpdateShardCount: { run: updateShardCount, resources: streamResource },
  UpdateStreamMode: { run: updateStreamMode, resources: streamResource },
  UpdateStreamRecordDistributionStrategy: {
    run: updateStreamRecordDistributionStrategy,
    resources: streamResource,
  },
  UpdateStreamWarmThroughput: { run: updateStreamWarmThroughput, resources: streamResource },
};
