import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { ServiceError } from "../../packages/millrace/src/core/errors.ts";
import { ModelLibrary } from "../../packages/millrace/src/gateway/model/model-library.ts";
import type {
  OperationModel,
  ServiceModel,
} from "../../packages/millrace/src/gateway/model/service-model.ts";
import { createProtocols } from "../../packages/millrace/src/gateway/protocol/protocols.ts";
import { Router } from "../../packages/millrace/src/gateway/route/router.ts";
import { loadClient, loadProtocols } from "../../scripts/facts/sdk-model.ts";
import { type FactsService, factsServices } from "../../scripts/facts/services.ts";
import { comparable } from "./comparable.ts";
import { SeededRandom } from "./sample/random.ts";
import { Sampler } from "./sample/value.ts";
import { type SdkClient, SdkLoop } from "./sdk-loop.ts";

const library = new ModelLibrary();
const seeds = [1, 2];
/** CloudWatch gives two errors one code in the query protocol, and the SDK takes the other class. */
const indistinctErrors: ReadonlySet<string> = new Set(["DashboardNotFoundError"]);

/** A client package and the loop that stands for its service. */
class Harness {
  readonly model: ServiceModel;
  readonly package: Readonly<Record<string, unknown>>;
  readonly loop: SdkLoop;
  readonly #client: SdkClient;

  constructor(service: FactsService, protocol?: unknown) {
    this.model = library.model(service.id);
    this.package = loadClient(service);
    this.loop = new SdkLoop(new Router(library, createProtocols()));
    const name =
      Object.keys(this.package).find((key) => key.endsWith("Client") && !key.startsWith("_")) ?? "";
    const Client = this.package[name] as new (options: object) => SdkClient;
    this.#client = new Client({
      ...this.loop.clientOptions,
      ...(protocol === undefined ? {} : { protocol }),
    });
  }

  send(operation: string, input: object): Promise<Readonly<Record<string, unknown>>> {
    const Command = this.package[`${operation}Command`] as new (input: object) => object;
    return this.#client.send(new Command(input));
  }
}

/** A form cannot say an empty structure, and CloudWatch's `SlidingWindow` is never anything else. */
const inexpressible: ReadonlySet<string> = new Set(["AwsQueryProtocol PutMetricAlarm"]);

/** Clients in the protocol that they speak of their own accord, and some in others that theirs can be given. */
const variants: readonly { readonly service: FactsService; readonly protocol?: string }[] = [
  ...factsServices.map((service) => ({ service })),
  ...factsServices
    .filter(({ id }) => id === "kinesis" || id === "cloudwatch" || id === "dynamodb")
    .map((service) => ({ service, protocol: "AwsSmithyRpcV2CborProtocol" })),
  ...factsServices
    .filter(({ id }) => id === "cloudwatch")
    .map((service) => ({ service, protocol: "AwsQueryProtocol" })),
];

for (const { service, protocol } of variants) {
  describe(`${service.id} ${protocol ?? ""}`, () => {
    const harness = new Harness(
      service,
      protocol === undefined ? undefined : loadProtocols(service)[protocol],
    );
    const operations = harness.model.operationNames.flatMap((name) => harness.model.operation(name) ?? []);
    for (const operation of operations) {
      if (!inexpressible.has(`${protocol} ${operation.name}`))
        it(`${operation.name}: what the SDK sends is what we read`, () => roundTripInput(harness, operation));
      it(`${operation.name}: what we write is what the SDK reads`, () => roundTripOutput(harness, operation));
      // The answer to HEAD has no body, so all that the client learns is the status.
      if (operation.errors.length === 0 || operation.http?.method === "HEAD") continue;
      it(`${operation.name}: errors have their class`, () => roundTripErrors(harness, operation));
    }
  });
}

async function roundTripInput(harness: Harness, operation: OperationModel): Promise<void> {
  for (const seed of seeds) {
    const input = new Sampler(new SeededRandom(seed)).structure(operation.input);
    harness.loop.answer = () => sampleOutput(operation, seed).output;
    await harness.send(operation.name, structuredClone(input));
    expect(harness.loop.seen?.route.operation).toBe(operation.name);
    expect(await comparable(harness.loop.seen?.input)).toEqual(await comparable(input));
  }
}

async function roundTripOutput(harness: Harness, operation: OperationModel): Promise<void> {
  for (const seed of seeds) {
    const input = new Sampler(new SeededRandom(seed), { requiredOnly: true }).structure(operation.input);
    const { output, expected } = sampleOutput(operation, seed);
    harness.loop.answer = () => output;
    const { $metadata: metadata, ...read } = await harness.send(operation.name, input);
    expect(metadata).toMatchObject({ requestId: "00000000-request" });
    expect(await comparable(await collected(read))).toEqual(await comparable(expected));
  }
}

/** An output as an operation returns it, and what the client must make of it. */
function sampleOutput(
  operation: OperationModel,
  seed: number,
): { readonly output: object; readonly expected: object } {
  const sampler = new Sampler(new SeededRandom(seed));
  const output = sampler.structure(operation.output);
  const events = operation.outputEvents;
  if (events === undefined || events.shape.kind !== "structure") return { output, expected: output };
  const sampled = sampler.events(events.shape);
  const stream = Readable.from(sampled);
  return { output: { ...output, [events.name]: stream }, expected: { ...output, [events.name]: sampled } };
}

/** Replaces event streams by their events, and leaves out what the SDK adds of its own. */
async function collected(output: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const { ExpiresString: _madeUp, ...rest } = output;
  const entries = Object.entries(rest).map(async ([name, value]): Promise<[string, unknown]> => {
    if (value instanceof Readable || !isAsyncIterable(value)) return [name, value];
    const events: unknown[] = [];
    for await (const event of value) events.push(event);
    return [name, events];
  });
  return Object.fromEntries(await Promise.all(entries));
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

/** The error as the service throws it must be the client's class of that name, with its message. */
async function roundTripErrors(harness: Harness, operation: OperationModel): Promise<void> {
  const input = new Sampler(new SeededRandom(1), { requiredOnly: true }).structure(operation.input);
  for (const code of operation.errors.filter((name) => !indistinctErrors.has(name))) {
    const ErrorClass = harness.package[code];
    if (typeof ErrorClass !== "function") throw new Error(`the client has no class ${code}`);
    const members = new Sampler(new SeededRandom(1)).structure(harness.model.error(code));
    harness.loop.answer = () => {
      throw new ServiceError(code, `About "${code}" & co.`, { members: withoutMessage(members) });
    };
    const thrown = await harness.send(operation.name, input).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(ErrorClass);
    expect(thrown).toMatchObject({ name: code, message: `About "${code}" & co.` });
    expect(await comparable({ ...(thrown as object) })).toMatchObject(
      (await comparable(withoutMessage(members))) as object,
    );
  }
}

function withoutMessage(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => name.toLowerCase() !== "message"));
}
