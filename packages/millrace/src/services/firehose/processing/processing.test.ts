import type { Processor, ProcessorParameterName } from "@aws-sdk/client-firehose";
import { describe, expect, it } from "vitest";
import { createInput, errorOf, roleArn, TestFirehose } from "../test-firehose.ts";

const lambdaArn = "arn:aws:lambda:us-east-1:000000000000:function:upper";

function processor(
  Type: NonNullable<Processor["Type"]>,
  parameters: Partial<Record<ProcessorParameterName, string>> = {},
): Processor {
  return {
    Type,
    Parameters: Object.entries(parameters).map(([ParameterName, ParameterValue]) => ({
      ParameterName: ParameterName as ProcessorParameterName,
      ParameterValue,
    })),
  };
}
const enabled = (...Processors: readonly Processor[]): { Enabled: true; Processors: Processor[] } => ({
  Enabled: true,
  Processors: [...Processors],
});

async function refusal(...processors: readonly Processor[]): Promise<string> {
  await using firehose = await TestFirehose.start();
  firehose.functions.code.set(lambdaArn, () => "");
  const input = createInput({ ProcessingConfiguration: enabled(...processors) });
  const error = await errorOf(firehose.run("CreateDeliveryStream", input));
  expect(error.code).toBe("InvalidArgumentException");
  return error.message;
}

/** A function that makes texts upper-case and fails those that begin with `bad`. */
function upper(payload: string): string {
  const { records } = JSON.parse(payload) as { records: { recordId: string; data: string }[] };
  return JSON.stringify({
    records: records.map(({ recordId, data }) => {
      const text = Buffer.from(data, "base64").toString();
      if (text.startsWith("bad")) return { recordId, result: "ProcessingFailed", data };
      if (text.startsWith("drop")) return { recordId, result: "Dropped", data };
      return { recordId, result: "Ok", data: Buffer.from(text.toUpperCase()).toString("base64") };
    }),
  });
}

describe("processing", () => {
  it("calls a function; what it fails goes to the error output with the function's ARN", async () => {
    await using firehose = await TestFirehose.start();
    firehose.functions.code.set(lambdaArn, upper);
    await firehose.create({
      ErrorOutputPrefix: "bad/",
      ProcessingConfiguration: enabled(processor("Lambda", { LambdaArn: lambdaArn })),
      CloudWatchLoggingOptions: { Enabled: true, LogGroupName: "g", LogStreamName: "s" },
    });
    await firehose.put("a", "bad", "drop", "b");
    await firehose.flush();
    const [object, error] = firehose.places.of("lake");
    expect(object?.bytes.toString()).toBe("AB");
    expect(error?.key).toMatch(/^bad\/processing-failed\//);
    expect(JSON.parse(error?.bytes.toString() ?? "")).toMatchObject({
      attemptsMade: expect.any(Number),
      errorCode: expect.stringMatching(/^Lambda\./),
      rawData: Buffer.from("bad").toString("base64"),
      lambdaARN: lambdaArn,
    });
    expect(firehose.errorLog.lines[0]?.message).toMatchObject({
      deliveryStreamVersionId: 1,
      errorCode: expect.stringMatching(/^Lambda\./),
      processor: lambdaArn,
    });
    expect(firehose.metric("ExecuteProcessing.Success")).toBeGreaterThan(0);
  });

  it("shows a function's parameters with AWS's defaults", async () => {
    await using firehose = await TestFirehose.start();
    firehose.functions.code.set(lambdaArn, upper);
    await firehose.create({
      ProcessingConfiguration: enabled(processor("Lambda", { LambdaArn: lambdaArn })),
    });
    const [destination] = (await firehose.describe()).Destinations;
    const { ProcessingConfiguration: shown } = destination?.ExtendedS3DestinationDescription ?? {};
    expect(shown).toEqual(
      enabled(
        processor("Lambda", {
          LambdaArn: lambdaArn,
          NumberOfRetries: "3",
          RoleArn: roleArn,
          BufferSizeInMBs: "1",
          BufferIntervalInSeconds: "60",
        }),
      ),
    );
  });

  it("keeps processors that are not enabled and does not run them", async () => {
    await using firehose = await TestFirehose.start();
    const delimiter = processor("AppendDelimiterToRecord", { Delimiter: "\\n" });
    await firehose.create({ ProcessingConfiguration: { Enabled: false, Processors: [delimiter] } });
    await firehose.put("a", "b");
    await firehose.flush();
    expect(firehose.places.texts("lake")).toEqual(["ab"]);
    await firehose.update({ ProcessingConfiguration: { Enabled: true } });
    await firehose.state.streams.idle();
    await firehose.put("c", "d");
    await firehose.flush();
    expect(firehose.places.texts("lake").toSorted()).toEqual(["ab", "c\nd\n"]);
  });

  it("is refused in AWS's words", async () => {
    expect(await refusal()).toBe(
      "A maximum of 5 and a minimum of 1 processor needs to be supplied when processing is enabled.",
    );
    const lambda = processor("Lambda", { LambdaArn: lambdaArn });
    expect(await refusal(lambda, lambda)).toBe("Cannot have more than 1 Lambda processor.");
    expect(await refusal(processor("Lambda"))).toBe("LambdaArn is required when Lambda processor is used.");
    const retries = processor("Lambda", { LambdaArn: lambdaArn, NumberOfRetries: "301" });
    expect(await refusal(retries)).toBe("Number of retries for lambda must be between 0 and 300.");
    const half = processor("Lambda", { LambdaArn: lambdaArn, BufferSizeInMBs: "1" });
    expect(await refusal(half)).toBe(
      "Both BufferSizeInMBs and BufferIntervalInSeconds are required to configure buffering for lambda processor.",
    );
    expect(await refusal(processor("CloudWatchLogProcessing", { DataMessageExtraction: "true" }))).toBe(
      "CloudWatchLogProcessingProcessor can only be enabled with DecompressionProcessor",
    );
    const unknown = processor("Lambda", { LambdaArn: `${lambdaArn}-none` });
    expect(await refusal(unknown)).toMatch(/upper-none/);
  });

  it("checks the role of a function", async () => {
    await using firehose = await TestFirehose.start();
    firehose.functions.code.set(lambdaArn, upper);
    const RoleArn = "arn:aws:iam::000000000000:role/invoker";
    firehose.roles.untrusting.add(RoleArn);
    const ProcessingConfiguration = enabled(processor("Lambda", { LambdaArn: lambdaArn, RoleArn }));
    const input = createInput({ ProcessingConfiguration });
    expect((await errorOf(firehose.run("CreateDeliveryStream", input))).message).toBe(
      `Firehose is unable to assume role ${RoleArn}. Please check the role provided.`,
    );
    const passed = firehose
      .permissions("CreateDeliveryStream", input)
      .filter(({ action }) => action === "iam:PassRole");
    expect(passed.map(({ resources }) => resources[0])).toEqual([roleArn, RoleArn]);
  });
});
