import { createProcessors, type Processor, type ProcessorSetting } from "../../../kernels/delivery/index.ts";
import type { FirehoseParts } from "../dependencies.ts";
import type { PlannedStream } from "../destinations/destination.ts";
import type { ProcessingSettings } from "./processing-settings.ts";

/** The steps that a stream's records take, in AWS's order; none when processing is not enabled. */
export function processorsOf(
  processing: ProcessingSettings | undefined,
  stream: PlannedStream,
  { clock, functions }: Pick<FirehoseParts, "clock" | "functions">,
): readonly Processor[] {
  const { arn, region, sourceStreamArn } = stream;
  const settings = processing?.Enabled === true ? kernelSettings(processing) : [];
  return createProcessors(settings, {
    clock,
    functions,
    streamArn: arn,
    region,
    isKinesisSource: sourceStreamArn !== undefined,
    sourceStreamArn,
  });
}

/** Processors in the words of the delivery kernel. */
export function kernelSettings({ Processors }: ProcessingSettings): readonly ProcessorSetting[] {
  return Processors.map(({ Type, Parameters }) => ({
    type: Type,
    parameters: Parameters.map(({ ParameterName, ParameterValue }) => ({
      name: ParameterName,
      value: ParameterValue,
    })),
  }));
}
