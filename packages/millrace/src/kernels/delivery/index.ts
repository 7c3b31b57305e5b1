export type { ConsumerStats } from "./branch.ts";
export type { BufferStats } from "./consumer-session.ts";
export {
  type Compression,
  type ConversionSchema,
  checkConversion,
  EncoderPool,
  Encoders,
  type EncodersOptions,
} from "./encoders/index.ts";
export { BacklogFullError, PipelineClosedError } from "./errors.ts";
export { type DeliveryLimits, deliveryLimits, deliveryLimitsFor } from "./limits.ts";
export { deliveryLogDefaults } from "./log-defaults.ts";
export { ObjectSink, type ObjectSinkParts } from "./object-sink.ts";
export {
  type ObjectPut,
  type ObjectTarget,
  ObjectTargetError,
  type ObjectWriter,
} from "./object-target-port.ts";
export { pause } from "./pause.ts";
export type { CopiedRecord, DeliveryPipeline } from "./pipeline.ts";
export {
  DeliveryPipelines,
  type PipelineInput,
  type PipelinesParts,
} from "./pipelines.ts";
export type {
  ConsumerPlan,
  DeliveredBatch,
  DeliveryObserver,
  ErrorOutput,
  Partitioning,
  PipelinePlan,
} from "./plan.ts";
export { positionSchema } from "./positions.ts";
export { extensionOf, objectKey } from "./prefix/object-key.ts";
export type { Prefix } from "./prefix/prefix.ts";
export { PrefixError } from "./prefix/prefix-error.ts";
export { compilePrefixes, type Prefixes, type PrefixSettings } from "./prefix/prefix-settings.ts";
export type { BufferHints, Processed, Processor } from "./processor.ts";
export { ProcessorError } from "./processors/processor-parameters.ts";
export {
  checkProcessors,
  createProcessors,
  type ProcessorCheck,
  type ProcessorParts,
  type ProcessorSetting,
} from "./processors/processor-settings.ts";
export type { DeliveryRecord, FailedRecord, PartitionKeys, RecordOrigin } from "./record.ts";
export type { AppendOptions, DeliveryLogs } from "./record-log.ts";
export type {
  BatchEncoder,
  BatchIdentity,
  Delivery,
  DeliveryOutcome,
  DeliveryRetry,
  EncodedBatch,
  Partition,
  Sink,
} from "./sink.ts";
export { type CopierObserver, type CopierParts, StreamCopier } from "./stream-copier.ts";
export {
  type SourcePosition,
  type SourceRead,
  type SourceReadLimits,
  type SourceRecord,
  type SourceShard,
  type StreamSource,
  StreamSourceError,
} from "./stream-source-port.ts";
