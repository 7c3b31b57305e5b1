import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { S3 } from "@aws-sdk/client-s3";
import { assert } from "../../core/assert.ts";
import { ManualClock } from "../../core/clock.ts";
import { ServiceError } from "../../core/errors.ts";
import { type Logger, silentLogger } from "../../core/logger.ts";
import { MasterKey } from "../../core/master-key.ts";
import type { Call } from "../../gateway/call.ts";
import type { Permission } from "../../gateway/service.ts";
import {
  type InputOf,
  notingLogger,
  type OperationName,
  type OutputOf,
  testCall,
} from "../../gateway/test-operations.ts";
import { PageTokens } from "../../gateway/tokens.ts";
import { ObjectStore } from "../../kernels/objects/index.ts";
import { TestKeys } from "../../kernels/objects/store-fixture.ts";
import { boundOperations } from "./bound-operations.ts";
import type { ObjectKeyUse } from "./dependencies.ts";
import { S3State } from "./state.ts";

export { account, codeOf, errorOf } from "../../gateway/test-operations.ts";

export const otherAccount = "111111111111";

/** What a client hands in as a body; the gateway makes a stream of it. */
export type TestBody = string | Uint8Array | AsyncIterable<Uint8Array>;
type TestInput<Name extends string> = Omit<InputOf<S3, Name>, "Body"> & { readonly Body?: TestBody };

export interface TestCall extends Partial<Call> {
  /** Headers that follow the body. */
  readonly trailers?: Readonly<Record<string, string>>;
  /** What the client says of the body's length; its true length unless given, `null` for nothing. */
  readonly declaredBytes?: number | null;
}

/** One S3 without a gateway: its operations are called directly, on a clock that stands still. */
export class TestS3 implements AsyncDisposable {
  readonly clock: ManualClock;
  readonly directory: string;
  readonly objects: ObjectStore;
  readonly state: S3State;
  /** What the object store's data keys come from; `failure` makes it refuse. */
  readonly keys: TestKeys;
  /** Messages that were logged as warnings or errors. */
  readonly logged: string[] = [];
  readonly logger: Logger = notingLogger(this.logged);
  readonly #bound: ReturnType<typeof boundOperations>;

  private constructor(parts: {
    readonly directory: string;
    readonly clock: ManualClock;
    readonly objects: ObjectStore;
    readonly keys: TestKeys;
    readonly master: MasterKey;
  }) {
    const { directory, clock, objects, keys, master } = parts;
    this.directory = directory;
    this.clock = clock;
    this.objects = objects;
    this.keys = keys;
    this.state = new S3State({
      clock,
      log: this.logger,
      objects,
      tokens: new PageTokens({ key: master.derive("page tokens"), clock }),
      keys: testKeys,
    });
    this.#bound = boundOperations(this.state);
  }

  static async start(): Promise<TestS3> {
    const clock = new ManualClock();
    const directory = mkdtempSync(join(tmpdir(), "millrace-s3-"));
    const master = MasterKey.random();
    const keys = new TestKeys();
    const objects = await ObjectStore.open({
      dir: directory,
      sync: "off",
      clock,
      log: silentLogger,
      master,
      keys,
    });
    return new TestS3({ directory, clock, objects, keys, master });
  }

  /** Runs an operation as the gateway would, with an input that satisfies the model. */
  async run<Name extends OperationName<S3>>(
    name: Name,
    input: TestInput<Name>,
    call: TestCall = {},
  ): Promise<OutputOf<S3, Name>> {
    const operation = this.#bound.operation(name);
    assert(operation !== undefined, `S3 has no operation ${name}`);
    const { Body } = input;
    const body = Body === undefined ? {} : { Body: streamOf(Body) };
    return (await operation.run({ ...input, ...body }, this.call(name, call, Body))) as OutputOf<S3, Name>;
  }

  /** What the policy engine would be asked about. */
  permissions<Name extends OperationName<S3>>(
    name: Name,
    input: InputOf<S3, Name>,
    call: TestCall = {},
  ): readonly Permission[] {
    return this.#bound.operation(name)?.permissions(input, this.call(name, call)) ?? [];
  }

  /** The actions and resources that an operation needs, as `action resource`. */
  needs<Name extends OperationName<S3>>(name: Name, input: InputOf<S3, Name>, call: TestCall = {}): string[] {
    return this.permissions(name, input, call).map(
      ({ action, resources }) => `${action} ${resources.join(" ")}`,
    );
  }

  call(operation: string, changes: TestCall, body?: TestBody): Call {
    const { trailers = {}, declaredBytes, ...rest } = changes;
    const known =
      typeof body === "string" || body instanceof Uint8Array ? Buffer.byteLength(body) : undefined;
    const payload = {
      declaredBytes: declaredBytes === null ? undefined : (declaredBytes ?? known ?? 0),
      trailers: new Map(Object.entries(trailers)),
      trailerNames: Object.keys(trailers),
    };
    const { clock, logger: log } = this;
    return testCall({ service: "s3", operation, clock, log }, { payload, ...rest });
  }

  /** Creates a bucket, `data` unless told otherwise, and answers its name. */
  async bucket(input: Partial<InputOf<S3, "CreateBucket">> = {}, call: TestCall = {}): Promise<string> {
    const Bucket = input.Bucket ?? "data";
    await this.run("CreateBucket", { ...input, Bucket }, call);
    return Bucket;
  }

  /** A bucket whose objects have versions. */
  async versionedBucket(name: string = "data"): Promise<string> {
    await this.bucket({ Bucket: name });
    await this.objects.changeBucket(name, (bucket) => ({ ...bucket, versioning: "enabled" }));
    return name;
  }

  /** Puts an object and answers what the client was told. */
  put(
    Key: string,
    Body: TestBody = "content",
    input: Partial<TestInput<"PutObject">> = {},
  ): Promise<OutputOf<S3, "PutObject">> {
    return this.run("PutObject", { Bucket: "data", ...input, Key, Body });
  }

  /** The text of an object. */
  async text(Key: string, input: Partial<InputOf<S3, "GetObject">> = {}): Promise<string> {
    const { Body } = await this.run("GetObject", { Bucket: "data", ...input, Key });
    return (await bytesOf(Body)).toString();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.objects.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

async function* streamOf(body: TestBody): AsyncGenerator<Uint8Array> {
  if (typeof body === "string") yield Buffer.from(body);
  else if (body instanceof Uint8Array) yield body;
  else yield* body;
}

/** Knows every key but `missing`. */
const testKeys = Object.freeze({
  keyArn(keyId: string | undefined, owner: { account: string; region: string }): Promise<string> {
    if (keyId === "missing") {
      return Promise.reject(new ServiceError("KMS.NotFoundException", `Invalid keyId '${keyId}'`));
    }
    if (keyId?.startsWith("arn:")) return Promise.resolve(keyId);
    return Promise.resolve(testKeyArn(keyId, owner));
  },
  permission({ action, keyId, owner, caller, context }: ObjectKeyUse): Permission | undefined {
    if (keyId === "missing") return undefined;
    const resources = [keyId?.startsWith("arn:") ? keyId : testKeyArn(keyId, owner)];
    return { action, resources, context: { caller, ...context } };
  },
});

function testKeyArn(keyId: string | undefined, owner: { account: string; region: string }): string {
  return `arn:aws:kms:${owner.region}:${owner.account}:key/${keyId ?? "aws-s3"}`;
}

/** The bytes of an answer's body. */
export async function bytesOf(body: unknown): Promise<Buffer> {
  if (Buffer.isBuffer(body)) return body;
  const parts: Uint8Array[] = [];
  // A piece of an object is good only until the next one is asked for.
  for await (const part of body as AsyncIterable<Uint8Array>) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
