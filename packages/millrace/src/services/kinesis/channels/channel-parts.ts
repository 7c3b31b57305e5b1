import type { RoleAccess } from "../../../core/role-access.ts";
import type { LogSink } from "../../../core/telemetry.ts";
import type {
  DeliveryPipelines,
  Encoders,
  ObjectTarget,
  ObjectTargetError,
  ObjectWriter,
  StreamSource,
} from "../../../kernels/delivery/index.ts";

/** Where objects are delivered. */
export interface ChannelPlaces extends ObjectTarget {
  /** Of a bucket; undefined when there is none. */
  regionOf(bucket: string): string | undefined;
  /** Why an object of this key could not be written now. */
  refusal(write: ObjectWriter & { readonly key: string }): ObjectTargetError | undefined;
}

/** What channels are made of. */
export interface ChannelParts {
  readonly pipelines: DeliveryPipelines;
  readonly encoders: Encoders;
  readonly places: ChannelPlaces;
  readonly roles: RoleAccess;
  /** Lines for the users of channels. */
  readonly logs: LogSink;
  /** A stream, read by Kinesis itself for what is called `sourceArn`. */
  source(streamArn: string, reader: { readonly roleArn: string; readonly sourceArn: string }): StreamSource;
}

/** Opens them for the first channel, so that a Kinesis without channels does not hold them. */
export interface ChannelDelivery {
  /** @param stop is called before what was opened is closed. */
  open(stop: () => Promise<void>): Promise<ChannelParts>;
}

/** As trust policies and `iam:PassedToService` name it. */
export const kinesisService = "kinesis.amazonaws.com";
