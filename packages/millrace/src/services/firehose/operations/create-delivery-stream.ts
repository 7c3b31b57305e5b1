import { randomUUID } from "node:crypto";
import type { CreateDeliveryStreamInput, CreateDeliveryStreamOutput } from "@aws-sdk/client-firehose";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { deliveryStreamArn } from "../arn.ts";
import { createdDestination } from "../destinations/kinds.ts";
import type { EncryptionDocument, SourceDocument } from "../document.ts";
import { encryptionRefused, requestedKey } from "../encryption/encryption-request.ts";
import { limitExceeded, streamExists } from "../errors.ts";
import { requestedSource } from "../source.ts";
import type { FirehoseState } from "../state.ts";
import { withTags } from "../tags.ts";

type CreateInput = Input<CreateDeliveryStreamInput>;

export async function createDeliveryStream(
  state: FirehoseState,
  input: CreateInput,
  call: Call,
): Promise<CreateDeliveryStreamOutput> {
  const { DeliveryStreamName: name } = input;
  const { account, region } = call;
  if (state.streams.get(account, region, name) !== undefined) throw streamExists(name, account);
  checkStreamLimit(state, call);
  const tags = withTags({}, input.Tags ?? []);
  const request = {
    parts: state.parts,
    call,
    stream: { name, arn: deliveryStreamArn({ account, region, name }) },
  };
  const source = await requestedSource(state, input, request);
  const destination = await createdDestination(input, request);
  const encryption = await requestedEncryption(state, input, source, call);
  const stream = await state.streams.create({
    id: randomUUID(),
    name,
    account,
    region,
    createdMs: state.clock.now(),
    status: "CREATING",
    source,
    version: 1,
    destination,
    encryption,
    tags,
  });
  await state.lifecycle.finishLater(stream);
  return { DeliveryStreamARN: stream.arn };
}

function checkStreamLimit({ streams, settings }: FirehoseState, { account, region }: Call): void {
  const names = streams.list(account, region).map(({ document }) => document.name);
  if (names.length < settings.streamLimit) return;
  throw limitExceeded(
    `You have already consumed your firehose quota of ${settings.streamLimit} hoses. Firehose names: [${names.join(", ")}]`,
  );
}

async function requestedEncryption(
  state: FirehoseState,
  { DeliveryStreamEncryptionConfigurationInput: asked }: CreateInput,
  source: SourceDocument,
  call: Call,
): Promise<EncryptionDocument> {
  if (asked === undefined) return { status: "DISABLED", changesMs: [] };
  if (source.kind === "kinesis") throw encryptionRefused();
  return { status: "ENABLING", coming: await requestedKey(asked, call, state.keys), changesMs: [] };
}
