import { describe, expect, it } from "vitest";
import { ManualClock } from "../../../core/clock.ts";
import type { Functions } from "../../../core/functions-port.ts";
import { compilePrefixes } from "../prefix/prefix-settings.ts";
import { ProcessorError } from "./processor-parameters.ts";
import { checkProcessors, createProcessors, type ProcessorSetting } from "./processor-settings.ts";

const clock = new ManualClock();
const knownArn = "arn:aws:lambda:us-east-1:000000000000:function:known";
const functions: Functions = {
  has: (arn) => arn === knownArn,
  invoke: () => Promise.reject(new Error("not here")),
};

function setting(type: string, parameters: Readonly<Record<string, string>> = {}): ProcessorSetting {
  return { type, parameters: Object.entries(parameters).map(([name, value]) => ({ name, value })) };
}

const query = { JsonParsingEngine: "JQ-1.6", MetadataExtractionQuery: "{c: .c}" };
const errorOutputPrefix = "!{firehose:error-output-type}/";
const { output: prefix } = compilePrefixes({
  prefix: "!{partitionKeyFromQuery:c}/",
  errorOutputPrefix,
  dynamicPartitioning: true,
});

async function refusal(...settings: readonly ProcessorSetting[]): Promise<string | undefined> {
  try {
    await checkProcessors(settings, { dynamicPartitioning: true, functions, clock, prefix });
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ProcessorError);
    return (error as Error).message;
  }
}

const extraction = setting("MetadataExtraction", query);

describe("processors that are taken", () => {
  it.each([
    [[extraction]],
    [
      [
        extraction,
        setting("AppendDelimiterToRecord"),
        setting("RecordDeAggregation", { SubRecordType: "JSON" }),
      ],
    ],
    [[extraction, setting("RecordDeAggregation", { SubRecordType: "DELIMITED", Delimiter: "Cg==" })]],
    [
      [
        extraction,
        setting("Decompression"),
        setting("CloudWatchLogProcessing", { DataMessageExtraction: "TRUE" }),
      ],
    ],
    [[extraction, setting("Lambda", { LambdaArn: knownArn, NumberOfRetries: "300" })]],
    [
      [
        extraction,
        setting("Lambda", { LambdaArn: knownArn, BufferSizeInMBs: "0.2", BufferIntervalInSeconds: "0" }),
      ],
    ],
  ])("%#", async (settings) => {
    expect(await refusal(...settings)).toBeUndefined();
  });
});

describe("processors that are refused", () => {
  const lambda = (parameters: Readonly<Record<string, string>>): ProcessorSetting =>
    setting("Lambda", { LambdaArn: knownArn, ...parameters });

  it.each([
    [[], "A maximum of 5 and a minimum of 1 processor needs to be supplied when processing is enabled."],
    [[lambda({}), lambda({})], "Cannot have more than 1 Lambda processor."],
    [
      [setting("CloudWatchLogProcessing", { DataMessageExtraction: "true" })],
      "CloudWatchLogProcessingProcessor can only be enabled with DecompressionProcessor",
    ],
    [[setting("Lambda")], "LambdaArn is required when Lambda processor is used."],
    [
      [lambda({ BufferSizeInMBs: "3.1", BufferIntervalInSeconds: "60" })],
      "BufferSizeInMBs for lambda processor must be between 0.2 and 3.",
    ],
    [
      [lambda({ BufferSizeInMBs: "1", BufferIntervalInSeconds: "901" })],
      "BufferIntervalInSeconds for lambda processor must be between 0 and 900.",
    ],
    [
      [lambda({ BufferSizeInMBs: "1" })],
      "Both BufferSizeInMBs and BufferIntervalInSeconds are required to configure buffering for lambda processor.",
    ],
    [[lambda({ NumberOfRetries: "301" })], "Number of retries for lambda must be between 0 and 300."],
    [[lambda({ NumberOfRetries: "-1" })], "Number of retries for lambda must be between 0 and 300."],
    [[lambda({ NumberOfRetries: "1.5" })], "Number of retries for lambda must be between 0 and 300."],
    [
      [setting("RecordDeAggregation", { SubRecordType: "XML" })],
      "SubRecordType has to be one of JSON, DELIMITED",
    ],
    [
      [setting("RecordDeAggregation", { SubRecordType: "DELIMITED" })],
      "Delimiter should be present for DELIMITED",
    ],
    [
      [setting("MetadataExtraction", { ...query, JsonParsingEngine: "JQ-1.7" })],
      "MetaDataExtraction JSON Parsing Engine has to be one of JQ-1.6",
    ],
    [
      [setting("MetadataExtraction", { ...query, MetadataExtractionQuery: "{c: .c, d: .d}" })],
      "MetaDataExtraction JQ Query can't contain keys that are not present in the S3 Prefix expression",
    ],
  ])("%#", async (settings, message) => {
    expect(await refusal(...settings)).toBe(message);
  });

  it("say how to configure a function that is not known", async () => {
    const unknown = "arn:aws:lambda:us-east-1:000000000000:function:unknown";
    const message = await refusal(setting("Lambda", { LambdaArn: unknown }));
    expect(message).toContain(unknown);
    expect(message).toContain("--function");
  });

  it("say what jq says of a query", async () => {
    const message = await refusal(
      setting("MetadataExtraction", { ...query, MetadataExtractionQuery: "{c: .c" }),
    );
    expect(message).toContain("syntax error");
  });

  it("need dynamic partitioning to find partition keys", async () => {
    const check = checkProcessors([extraction], { dynamicPartitioning: false, functions, clock });
    await expect(check).rejects.toThrow(
      "class com.amazonaws.services.firehose.internal.model.MetadataExtractionProcessor can only be present when Dynamic Partitioning is enabled.",
    );
  });

  it("must make the keys of the prefix", async () => {
    const settings = { prefix: "!{partitionKeyFromLambda:x}/", errorOutputPrefix, dynamicPartitioning: true };
    const check = { dynamicPartitioning: true, functions, clock, prefix: compilePrefixes(settings).output };
    await expect(checkProcessors([setting("AppendDelimiterToRecord")], check)).rejects.toThrow(
      ProcessorError,
    );
    expect(await refusal(setting("AppendDelimiterToRecord"))).toContain("key c");
  });
});

describe("the chain", () => {
  const parts = { clock, functions, streamArn: "arn", region: "us-east-1", isKinesisSource: false };

  it("has Firehose's order, whatever the order of the settings", () => {
    const types = [
      "AppendDelimiterToRecord",
      "MetadataExtraction",
      "Lambda",
      "Decompression",
      "RecordDeAggregation",
    ];
    const settings = types.map((type) =>
      setting(type, { ...query, LambdaArn: knownArn, SubRecordType: "JSON" }),
    );
    const chain = createProcessors(settings, { ...parts, isKinesisSource: true, sourceStreamArn: "source" });
    expect(chain.map((processor) => processor.constructor.name)).toEqual([
      "KplDeAggregation",
      "RecordSplitter",
      "LogDecompression",
      "FunctionTransformation",
      "MetadataExtraction",
      "AppendDelimiter",
    ]);
  });

  it("is empty without settings, unless a stream is read", () => {
    expect(createProcessors([], parts)).toEqual([]);
    expect(createProcessors([], { ...parts, isKinesisSource: true })).toHaveLength(1);
  });

  it("hands a function's hints on", () => {
    const hints = { LambdaArn: knownArn, BufferSizeInMBs: "0.5", BufferIntervalInSeconds: "10" };
    expect(createProcessors([setting("Lambda", hints)], parts)[0]?.hints).toEqual({
      maxBytes: 524_288,
      maxAgeMs: 10_000,
    });
    expect(createProcessors([setting("Lambda", { LambdaArn: knownArn })], parts)[0]?.hints).toEqual({
      maxBytes: 1_048_576,
      maxAgeMs: 60_000,
    });
  });
});
