import { formatArn, parseArn, partitionOf } from "../../core/arn.ts";
import { invalidArgument } from "./errors.ts";

/** A stream or one of its consumers, as an ARN names it. */
export interface StreamAddress {
  readonly account: string;
  readonly region: string;
  readonly stream: string;
  readonly consumer?: { readonly name: string; readonly createdSeconds: number };
}

export function streamArn(address: Omit<StreamAddress, "consumer">): string {
  const { account, region, stream } = address;
  return formatArn({
    partition: partitionOf(region),
    service: "kinesis",
    region,
    account,
    resource: `stream/${stream}`,
  });
}

/** A consumer's ARN holds its creation time, so that one made later under the same name is another. */
export function consumerArn(
  address: Omit<StreamAddress, "consumer">,
  consumer: { name: string; createdSeconds: number },
): string {
  return `${streamArn(address)}/consumer/${consumer.name}:${consumer.createdSeconds}`;
}

const resourceForm = /^stream\/([a-zA-Z0-9_.-]{1,128})(?:\/consumer\/([a-zA-Z0-9_.-]{1,128}):(\d{1,12}))?$/;

/** Reads the ARN of a stream or a consumer; anything else is an `InvalidArgumentException`. */
export function parseStreamArn(text: string): StreamAddress {
  const arn = parseArn(text);
  const match = arn?.service === "kinesis" ? resourceForm.exec(arn.resource) : null;
  if (!arn || !match?.[1]) throw invalidArgument(`${text} is not the ARN of a data stream or of a consumer.`);
  const address = { account: arn.account, region: arn.region, stream: match[1] };
  if (match[2] === undefined) return address;
  return { ...address, consumer: { name: match[2], createdSeconds: Number(match[3]) } };
}

/** A channel, as its ARN names it: by its id, which is never given again. */
export interface ChannelAddress {
  readonly account: string;
  readonly region: string;
  readonly id: string;
}

export function channelArn({ account, region, id }: ChannelAddress): string {
  return formatArn({
    partition: partitionOf(region),
    service: "kinesis",
    region,
    account,
    resource: `channel/${id}`,
  });
}

/** Undefined for the ARN of anything but a channel. */
export function parseChannelArn(text: string): ChannelAddress | undefined {
  const arn = parseArn(text);
  const id = arn?.service === "kinesis" ? /^channel\/(\S{1,64})$/.exec(arn.resource)?.[1] : undefined;
  return arn === undefined || id === undefined ? undefined : { account: arn.account, region: arn.region, id };
}
