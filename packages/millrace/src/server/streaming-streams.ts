import { formatArn, parseArn, partitionOf } from "../core/arn.ts";
import type { ConnectorContext } from "../kernels/streaming/connector-port.ts";
import {
  StreamAccessError,
  type StreamReader,
  type StreamsPort,
  type StreamWriter,
} from "../kernels/streaming/connectors/streams-port.ts";
import { KinesisStreamBlocks, ProducedRecords } from "../services/kinesis/index.ts";
import { openStreams } from "./open-streams.ts";
import { openRoleAccess } from "./role-access.ts";
import type { ServiceContext } from "./service-context.ts";

/** As trust policies of applications' roles name it. */
export const analyticsService = "kinesisanalytics.amazonaws.com";

/** Data streams of this Millrace for streaming queries; Kinesis is opened by the first that uses one. */
export class StreamingStreams implements StreamsPort {
  readonly #context: ServiceContext;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  async openReader(stream: string, context: ConnectorContext): Promise<StreamReader> {
    const { state, arn, user, roles } = await this.#use(stream, context);
    const reader = new KinesisStreamBlocks(state, arn, user, roles);
    // A stream that is not there, or that the role may not read, is an error of the start.
    reader.shards();
    return reader;
  }

  async openWriter(stream: string, context: ConnectorContext): Promise<StreamWriter> {
    const { state, arn, user, roles } = await this.#use(stream, context);
    const writer = new ProducedRecords(state, arn, user, roles);
    writer.ends();
    return writer;
  }

  async #use(stream: string, { account, region, roleArn, sourceArn }: ConnectorContext) {
    const arn = streamArn(stream, account, region);
    const user = { roleArn, sourceArn, service: analyticsService };
    return { state: await openStreams(this.#context), arn, user, roles: await openRoleAccess(this.#context) };
  }
}

/** Of a name or an ARN. @throws StreamAccessError */
function streamArn(stream: string, account: string, region: string): string {
  if (!stream.startsWith("arn:"))
    return formatArn({
      partition: partitionOf(region),
      service: "kinesis",
      region,
      account,
      resource: `stream/${stream}`,
    });
  const arn = parseArn(stream);
  if (arn?.service !== "kinesis" || !arn.resource.startsWith("stream/"))
    throw new StreamAccessError(`${stream} is no ARN of a Kinesis data stream`);
  return stream;
}
