import type {
  ApplicationConfiguration,
  ApplicationDetail,
  CreateApplicationRequest,
  KinesisAnalyticsV2,
  SourceSchema,
} from "@aws-sdk/client-kinesis-analytics-v2";
import { assert } from "../../core/assert.ts";
import { FunctionError, type Functions } from "../../core/functions-port.ts";
import { MasterKey } from "../../core/master-key.ts";
import type { RoleAccess, RoleRefusal } from "../../core/role-access.ts";
import { SqlFile } from "../../core/sql-file.ts";
import type { LogSink, MetricSink, MetricValue } from "../../core/telemetry.ts";
import type { Call } from "../../gateway/call.ts";
import { account, OperationRunner, region } from "../../gateway/test-operations.ts";
import { PageTokens } from "../../gateway/tokens.ts";
import type { Application } from "./applications/application.ts";
import {
  type ApplicationObjects,
  ObjectReadError,
  type ReadFailure,
  type SampledRecord,
  type StreamSampler,
} from "./dependencies.ts";
import { operations } from "./operations.ts";
import { ApplicationPages } from "./pages/application-pages.ts";
import { kinesisAnalyticsV2Schema } from "./schema.ts";
import { KinesisAnalyticsV2State } from "./state.ts";
import { TestEngine, type TestJob } from "./test-engine.ts";

export { codeOf, refusalOf } from "../../gateway/test-operations.ts";

export const role: string = `arn:aws:iam::${account}:role/analytics`;
export const applicationName = "delays";
export const arn: string = `arn:aws:kinesisanalytics:${region}:${account}:application/${applicationName}`;
export const streamArn: string = `arn:aws:kinesis:${region}:${account}:stream/flights`;
export const named: { readonly ApplicationName: string } = { ApplicationName: applicationName };

/** Of records with one text. */
export const schema: SourceSchema = {
  RecordFormat: {
    RecordFormatType: "JSON",
    MappingParameters: { JSONMappingParameters: { RecordRowPath: "$" } },
  },
  RecordColumns: [{ Name: "origin", Mapping: "$.origin", SqlType: "VARCHAR(4)" }],
};

/** A program that the test's engine takes. */
export const code: ApplicationConfiguration = {
  ApplicationCodeConfiguration: {
    CodeContentType: "PLAINTEXT",
    CodeContent: { TextContent: "INSERT INTO delays SELECT * FROM flights" },
  },
};

/** Turns of the event loop that a test waits for something: more means that it will never come. */
const maxTurns = 2_000_000;

/** Managed Service for Apache Flink without a gateway, on a clock that stands still. */
export class TestAnalytics
  extends OperationRunner<KinesisAnalyticsV2, KinesisAnalyticsV2State>
  implements AsyncDisposable
{
  readonly engine: TestEngine = new TestEngine();
  readonly lines: { readonly stream: string; readonly message: string }[] = [];
  readonly published: MetricValue[] = [];
  readonly objects: Map<string, Buffer> = new Map();
  readonly records: SampledRecord[] = [];
  /** Of the next look into a stream. */
  streamFailure: ReadFailure | undefined;
  /** Answers of functions, by ARN. */
  readonly answers: Map<string, (payload: unknown) => unknown> = new Map();
  /** Roles that nobody may assume. */
  readonly strangers: Set<string> = new Set();
  readonly #file: SqlFile = new SqlFile({ path: ":memory:", sync: "off", schema: kinesisAnalyticsV2Schema });
  readonly #key: Buffer = MasterKey.random().derive("page tokens");
  /** What goes on in them has no effect any more. */
  readonly #abandoned: KinesisAnalyticsV2State[] = [];
  #state: KinesisAnalyticsV2State;

  private constructor() {
    super("kinesisanalytics", operations);
    this.#state = this.#open();
  }

  static start(): TestAnalytics {
    return new TestAnalytics();
  }

  get state(): KinesisAnalyticsV2State {
    return this.#state;
  }

  #open(): KinesisAnalyticsV2State {
    const { clock, logger: log, engine } = this;
    const state = new KinesisAnalyticsV2State({
      ...{ clock, log },
      tokens: new PageTokens({ key: this.#key, clock }),
      file: this.#file,
      roles: this.#roles(),
      metrics: this.#metrics(),
      logs: this.#logs(),
      functions: this.#functions(),
      engine: async () => engine,
      flink: undefined,
      dialect: {
        rewrite: async (text, _settings, positions) => ({
          text: `-- rewritten\n${text} -- ${JSON.stringify(positions)}`,
          placeOf: (position) => position - "-- rewritten\n".length,
        }),
      },
      objects: this.#objectReader(),
      streams: this.#sampler(),
      baseUrl: () => "http://127.0.0.1:4566",
      settings: { maxWorkers: 4 },
    });
    state.load();
    return state;
  }

  /** Millrace stops and starts again; jobs go with it. */
  async restart(): Promise<void> {
    const before = this.#state;
    await before.close();
    this.engine.crash();
    this.#state = this.#open();
    await this.settle();
  }

  /** The process ends at once, whatever it is doing, and another one begins on what is on disk. */
  async abandon(): Promise<void> {
    this.#abandoned.push(this.#state);
    void this.#state.lifecycle.close();
    this.engine.crash();
    this.#state = this.#open();
    await this.settle();
  }

  /** Lets all transitions end. */
  async settle(): Promise<void> {
    await this.#state.lifecycle.idle();
    await this.#state.logs.settled();
  }

  /** Creates an application with a program that runs, unless told otherwise. */
  async create(
    input: Partial<CreateApplicationRequest> = {},
    call: Partial<Call> = {},
  ): Promise<ApplicationDetail> {
    const { ApplicationDetail: detail } = await this.run(
      "CreateApplication",
      {
        ApplicationName: applicationName,
        RuntimeEnvironment: "FLINK-1_20",
        ServiceExecutionRole: role,
        ApplicationConfiguration: code,
        ...input,
      },
      call,
    );
    assert(detail !== undefined, "an application that was created is described");
    return detail;
  }

  /** Creates an application and starts it. */
  async running(input: Partial<CreateApplicationRequest> = {}): Promise<TestJob> {
    await this.create(input);
    await this.run("StartApplication", named);
    await this.settle();
    return this.job();
  }

  async describe(): Promise<ApplicationDetail> {
    const { ApplicationDetail: detail } = await this.run("DescribeApplication", named);
    assert(detail !== undefined, "an application that is there is described");
    return detail;
  }

  /** The version that a change must name. */
  async expected(): Promise<{ ApplicationName: string; CurrentApplicationVersionId: number }> {
    const { ApplicationVersionId = 0 } = await this.describe();
    return { ...named, CurrentApplicationVersionId: ApplicationVersionId };
  }

  get application(): Application {
    const application = this.#state.applications.get({ account, region }, applicationName);
    assert(application !== undefined, "there is no application");
    return application;
  }

  job(): TestJob {
    const job = this.engine.jobs.get(this.application.key);
    assert(job !== undefined, "no job runs");
    return job;
  }

  get pages(): ApplicationPages {
    return new ApplicationPages(this.#state);
  }

  /** The operations of the application, the newest first: `StopApplication SUCCESSFUL`. */
  async operations(): Promise<string[]> {
    const { ApplicationOperationInfoList: list = [] } = await this.run("ListApplicationOperations", named);
    return list.map(({ Operation, OperationStatus }) => `${Operation} ${OperationStatus}`);
  }

  /** Why the newest operation failed. */
  async failure(): Promise<string | undefined> {
    const { ApplicationOperationInfoList: [newest] = [] } = await this.run(
      "ListApplicationOperations",
      named,
    );
    const { ApplicationOperationInfoDetails: details } = await this.run("DescribeApplicationOperation", {
      ...named,
      OperationId: newest?.OperationId,
    });
    return details?.OperationFailureDetails?.ErrorInfo?.ErrorString;
  }

  /** Waits, turn by turn of the event loop, until something holds. */
  async until(holds: () => boolean): Promise<void> {
    for (let turn = 0; turn < maxTurns; turn++) {
      if (holds()) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error("what was waited for did not come");
  }

  #roles(): RoleAccess {
    const refusal = (roleArn: string): RoleRefusal | undefined =>
      this.strangers.has(roleArn) ? { kind: "assume", message: "no" } : undefined;
    return { assuming: ({ roleArn }) => refusal(roleArn), refusal: ({ roleArn }) => refusal(roleArn) };
  }

  #metrics(): MetricSink {
    return { record: (value) => void this.published.push(value), series: () => ({ add: () => {} }) };
  }

  #logs(): LogSink {
    return {
      write: async (_account, _region, group, stream, _timeMs, message) =>
        void this.lines.push({ stream: `${group}/${stream}`, message }),
    };
  }

  #functions(): Functions {
    return {
      has: (functionArn) => this.answers.has(functionArn),
      invoke: async (functionArn, payload) => {
        const answer = this.answers.get(functionArn);
        if (answer === undefined) throw new FunctionError("notFound", "nothing is configured");
        return Buffer.from(JSON.stringify(answer(JSON.parse(payload.toString()))));
      },
    };
  }

  #objectReader(): ApplicationObjects {
    return {
      read: async ({ bucketArn, key }, _reader, maxBytes) => {
        const bytes = this.objects.get(`${bucketArn}/${key}`);
        if (bytes === undefined) throw new ObjectReadError("The specified key does not exist.");
        return { bytes: bytes.subarray(0, maxBytes), size: bytes.length };
      },
    };
  }

  #sampler(): StreamSampler {
    return {
      sample: async (given, _reader, from, maxRecords) => {
        if (given !== streamArn) throw new ObjectReadError("The stream does not exist.");
        if (this.streamFailure !== undefined)
          throw new ObjectReadError("no", { failure: this.streamFailure });
        const sinceMs = from === "TRIM_HORIZON" ? 0 : from.atMs;
        return this.records.filter(({ arrivalMs }) => arrivalMs >= sinceMs).slice(0, maxRecords);
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#state.close();
    this.#file.close();
  }
}
