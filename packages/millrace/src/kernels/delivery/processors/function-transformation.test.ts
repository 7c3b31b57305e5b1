import { describe, expect, it } from "vitest";
import { ManualClock } from "../../../core/clock.ts";
import { FunctionError, type FunctionFailure, type Functions } from "../../../core/functions-port.ts";
import type { Processed } from "../processor.ts";
import type { DeliveryRecord } from "../record.ts";
import { FunctionTransformation } from "./function-transformation.ts";
import { recordOf, recordsOf, textsOf } from "./test-records.ts";

const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:transform";
const streamArn = "arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks";

interface Request {
  readonly invocationId: string;
  readonly deliveryStreamArn: string;
  readonly sourceKinesisStreamArn?: string;
  readonly region: string;
  readonly records: readonly {
    readonly recordId: string;
    readonly approximateArrivalTimestamp: number;
    readonly data: string;
    readonly kinesisRecordMetadata?: unknown;
  }[];
}

/** A function that is written in the test. */
class TestFunctions implements Functions {
  readonly requests: Request[] = [];
  readonly #answer: (request: Request, attempt: number) => unknown;

  constructor(answer: (request: Request, attempt: number) => unknown) {
    this.#answer = answer;
  }

  has(): boolean {
    return true;
  }

  async invoke(_functionArn: string, payload: Buffer): Promise<Buffer> {
    const request: Request = JSON.parse(payload.toString("utf8"));
    this.requests.push(request);
    const answer = await this.#answer(request, this.requests.length);
    return Buffer.isBuffer(answer) ? answer : Buffer.from(JSON.stringify(answer) ?? "");
  }
}

const clock = new ManualClock();

function transformation(functions: Functions, retries = 0, withClock = clock): FunctionTransformation {
  const source = { deliveryStreamArn: streamArn, region: "us-east-1" };
  const hints = { maxBytes: 1024 * 1024, maxAgeMs: 60_000 };
  return new FunctionTransformation({ functionArn, retries, hints, source }, { functions, clock: withClock });
}

async function transform(
  answer: (request: Request, attempt: number) => unknown,
  records: readonly DeliveryRecord[],
): Promise<Processed & { readonly functions: TestFunctions }> {
  const functions = new TestFunctions(answer);
  const processed = await transformation(functions).process(records, new AbortController().signal);
  return { ...processed, functions };
}

/** What a function answers for each record; undefined leaves it out. */
function answering(change: (text: string, recordId: string) => object | undefined) {
  return ({ records }: Request): object => ({
    records: records.flatMap(({ recordId, data }) => {
      const changed = change(Buffer.from(data, "base64").toString("utf8"), recordId);
      return changed === undefined ? [] : [{ recordId, ...changed }];
    }),
  });
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const upperCase = answering((text) => ({ result: "Ok", data: base64(text.toUpperCase()) }));

describe("requests", () => {
  it("have the members that Firehose sends", async () => {
    const { functions } = await transform(upperCase, recordsOf("a", "b"));
    expect(functions.requests).toEqual([
      {
        invocationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        deliveryStreamArn: streamArn,
        region: "us-east-1",
        records: [
          { recordId: expect.stringMatching(/^\d{56}$/), approximateArrivalTimestamp: 0, data: base64("a") },
          { recordId: expect.any(String), approximateArrivalTimestamp: 1, data: base64("b") },
        ],
      },
    ]);
  });

  it("say where a stream's record comes from", async () => {
    const origin = { partitionKey: "k", sequenceNumber: "49", shardId: "shardId-0", subSequenceNumber: 2 };
    const { functions } = await transform(upperCase, [{ ...recordOf("a", 5), origin }]);
    expect(functions.requests[0]?.records[0]?.kinesisRecordMetadata).toEqual({
      partitionKey: "k",
      sequenceNumber: "49",
      shardId: "shardId-0",
      subsequenceNumber: 2,
      approximateArrivalTimestamp: 5,
    });
  });

  it("stay below Lambda's 6 MB", async () => {
    const records = Array.from({ length: 9 }, (_, n) => recordOf("x".repeat(1_000_000), n));
    const { functions, records: taken } = await transform(upperCase, records);
    expect(functions.requests.map((request) => request.records.length)).toEqual([4, 4, 1]);
    expect(taken.map(({ offset }) => offset)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("tell apart records that were made of one", async () => {
    const { records } = await transform(upperCase, [recordOf("a", 1), recordOf("b", 1)]);
    expect(textsOf(records)).toEqual(["A", "B"]);
  });
});

describe("answers", () => {
  const records = recordsOf("keep", "drop", "fail", "forget");

  it("transform, drop and refuse single records", async () => {
    const { records: taken, failed } = await transform(
      answering((text) => {
        if (text === "keep") return { result: "Ok", data: base64("kept") };
        if (text === "drop") return { result: "Dropped" };
        return text === "fail" ? { result: "ProcessingFailed", data: base64("ignored") } : undefined;
      }),
      records,
    );
    expect(taken).toEqual([{ ...records[0], data: Buffer.from("kept") }]);
    expect(failed).toEqual([
      {
        record: records[2],
        outputType: "processing-failed",
        errorCode: "Lambda.ProcessingFailedStatus",
        errorMessage: "ProcessingFailed status set for record",
        attemptsMade: 1,
        attemptEndedMs: clock.now(),
        details: { lambdaARN: functionArn },
      },
      expect.objectContaining({ record: records[3], errorCode: "Lambda.MissingRecordId" }),
    ]);
  });

  it("give partition keys", async () => {
    const { records: taken } = await transform(
      answering(() => ({
        result: "Ok",
        data: "",
        metadata: { partitionKeys: { a: "x", n: 7, t: false, o: {}, z: null, ["__proto__"]: "p" } },
      })),
      [{ ...recordOf("r"), partitionKeys: { query: { q: "1" } } }],
    );
    expect(taken[0]?.data).toHaveLength(0);
    expect(taken[0]?.partitionKeys?.query).toEqual({ q: "1" });
    expect(Object.entries(taken[0]?.partitionKeys?.lambda ?? {})).toEqual([
      ["a", "x"],
      ["n", "7"],
      ["t", "false"],
      ["__proto__", "p"],
    ]);
  });

  it("are taken record by record: an id twice, an id of nobody", async () => {
    const { records: taken, failed } = await transform(
      (request) => {
        const [first, second] = (upperCase(request) as { records: object[] }).records;
        return { records: [first, second, first, { recordId: "nobody", result: "Ok", data: "" }] };
      },
      recordsOf("a", "b"),
    );
    expect(textsOf(taken)).toEqual(["B"]);
    expect(failed.map(({ errorCode }) => errorCode)).toEqual(["Lambda.DuplicatedRecordId"]);
  });

  it.each([
    ["no JSON", Buffer.from("<html>"), "Lambda.JsonProcessingException"],
    ["nothing", null, "Lambda.MissingRecordId"],
    ["no records", {}, "Lambda.MissingRecordId"],
    ["records that are no list", { records: { recordId: "1" } }, "Lambda.MissingRecordId"],
    ["a record that is no object", { records: [7] }, "Lambda.FunctionError"],
    ["a record without an id", { records: [{ result: "Ok", data: "" }] }, "Lambda.FunctionError"],
    ["an unknown result", { records: [{ recordId: "x", result: "ok", data: "" }] }, "Lambda.FunctionError"],
    [
      "data that is no base64",
      { records: [{ recordId: "x", result: "Ok", data: "ä" }] },
      "Lambda.FunctionError",
    ],
    [
      "half a byte of base64",
      { records: [{ recordId: "x", result: "Ok", data: "QUFBQ" }] },
      "Lambda.FunctionError",
    ],
    ["too much", Buffer.alloc(6 * 1024 * 1024 + 1, 32), "Lambda.FunctionError"],
  ])("that are %s fail all records", async (_, answer, code) => {
    const { records: taken, failed } = await transform(() => answer, recordsOf("a", "b"));
    expect(taken).toEqual([]);
    expect(failed.map(({ errorCode }) => errorCode)).toEqual([code, code]);
  });

  it("must have data when they are Ok", async () => {
    const { failed } = await transform(
      answering(() => ({ result: "Ok" })),
      recordsOf("a"),
    );
    expect(failed[0]).toMatchObject({ errorCode: "Lambda.InvalidReturnFormat" });
  });
});

describe("functions that do not answer", () => {
  it.each<[FunctionFailure, string]>([
    ["failed", "Lambda.FunctionError"],
    ["timedOut", "Lambda.FunctionTimedOut"],
    ["throttled", "Lambda.InvokeLimitExceeded"],
    ["notFound", "Lambda.ResourceNotFound"],
    ["unreachable", "Lambda.InternalServerError"],
  ])("%s: %s", async (failure, code) => {
    const { failed } = await transform(() => {
      throw new FunctionError(failure, "it did");
    }, recordsOf("a"));
    expect(failed[0]).toMatchObject({ errorCode: code, attemptsMade: 1 });
  });

  it("are asked again, with a new invocation and the same record ids, as often as they may be", async () => {
    const own = new ManualClock();
    const functions = new TestFunctions((request, attempt) => {
      if (attempt <= 2) throw new FunctionError("failed", "not yet");
      return upperCase(request);
    });
    const running = transformation(functions, 3, own).process(recordsOf("a"), new AbortController().signal);
    const { records, failed } = await advancing(own, running);
    expect([textsOf(records), failed]).toEqual([["A"], []]);
    const ids = functions.requests.map((request) => request.records[0]?.recordId);
    expect(new Set(ids).size).toBe(1);
    expect(new Set(functions.requests.map(({ invocationId }) => invocationId)).size).toBe(3);
  });

  it("are given up after the last retry", async () => {
    const own = new ManualClock();
    const functions = new TestFunctions(() => {
      throw new FunctionError("failed", "never");
    });
    const running = transformation(functions, 2, own).process(recordsOf("a"), new AbortController().signal);
    const { failed } = await advancing(own, running);
    expect(functions.requests).toHaveLength(3);
    expect(failed[0]).toMatchObject({ attemptsMade: 3, attemptEndedMs: own.now() });
  });

  it("have five minutes", async () => {
    const own = new ManualClock();
    const functions: Functions = {
      has: () => true,
      invoke: (_arn, _payload, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    };
    const running = transformation(functions, 0, own).process(recordsOf("a"), new AbortController().signal);
    const { failed } = await advancing(own, running);
    expect(failed[0]).toMatchObject({ errorCode: "Lambda.FunctionTimedOut" });
  });

  it("end with the signal", async () => {
    const stop = new AbortController();
    const functions = new TestFunctions(() => {
      stop.abort(new Error("closing"));
      throw new FunctionError("failed", "again");
    });
    await expect(transformation(functions, 300).process(recordsOf("a"), stop.signal)).rejects.toThrow(
      "closing",
    );
  });
});

/** Moves time on until something has come to its end. */
async function advancing<T>(own: ManualClock, running: Promise<T>): Promise<T> {
  let isDone = false;
  void running.finally(() => {
    isDone = true;
  });
  for (let step = 0; step < 100 && !isDone; step++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (!isDone) own.advance(10_000);
  }
  return await running;
}
