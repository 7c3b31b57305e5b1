import type { Clock } from "../../../core/clock.ts";
import type { Functions } from "../../../core/functions-port.ts";
import type { Prefix } from "../prefix/prefix.ts";
import type { Processor } from "../processor.ts";
import { AppendDelimiter } from "./append-delimiter.ts";
import { FunctionTransformation } from "./function-transformation.ts";
import { JqCompileError } from "./jq/jq-program.ts";
import { PathProgram } from "./jq/path-program.ts";
import { KplDeAggregation } from "./kpl-records.ts";
import { LogDecompression } from "./log-decompression.ts";
import { MetadataExtraction } from "./metadata-extraction.ts";
import { checkParameters, ProcessorError, type ProcessorParameters } from "./processor-parameters.ts";
import { delimitedParts, jsonParts, RecordSplitter } from "./record-splitter.ts";

/** A processor as a delivery stream describes it. */
export interface ProcessorSetting {
  /** AWS's name: `Lambda`, `MetadataExtraction`, ... */
  readonly type: string;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
}

export interface ProcessorCheck {
  readonly dynamicPartitioning: boolean;
  /** Of the objects that are written. */
  readonly prefix?: Prefix;
  readonly functions: Functions;
  readonly clock: Clock;
}

export interface ProcessorParts {
  readonly clock: Clock;
  readonly functions: Functions;
  /** Of the delivery stream. */
  readonly streamArn: string;
  readonly region: string;
  readonly isKinesisSource: boolean;
  /** The Kinesis stream that is read from. */
  readonly sourceStreamArn?: string | undefined;
}

const maxProcessors = 5;
const bytesPerMb = 1024 * 1024;

/**
 * The processors of a stream in the order in which Firehose runs them, whatever the order of the settings is.
 * What the Kinesis Producer Library aggregated is taken apart first, without being asked.
 */
export function createProcessors(
  settings: readonly ProcessorSetting[],
  parts: ProcessorParts,
): readonly Processor[] {
  const find = (type: string): ProcessorParameters | undefined => parametersOf(settings, type);
  const chain: Processor[] = parts.isKinesisSource ? [new KplDeAggregation()] : [];
  const splitting = find("RecordDeAggregation");
  if (splitting !== undefined) chain.push(new RecordSplitter(splitOf(splitting)));
  if (find("Decompression") !== undefined) {
    const extraction = find("CloudWatchLogProcessing")?.get("DataMessageExtraction");
    const extractsMessages = extraction?.toLowerCase() === "true";
    chain.push(new LogDecompression({ extractsMessages, clock: parts.clock }));
  }
  const lambda = find("Lambda");
  if (lambda !== undefined) chain.push(functionOf(lambda, parts));
  const query = find("MetadataExtraction")?.get("MetadataExtractionQuery");
  if (query !== undefined) chain.push(new MetadataExtraction(query, parts.clock));
  const delimiter = find("AppendDelimiterToRecord");
  if (delimiter !== undefined) chain.push(new AppendDelimiter(delimiter.get("Delimiter")));
  return chain;
}

/**
 * Whether AWS would take the processors of an enabled configuration.
 * @throws ProcessorError
 */
export async function checkProcessors(
  settings: readonly ProcessorSetting[],
  check: ProcessorCheck,
): Promise<void> {
  if (settings.length === 0 || settings.length > maxProcessors) {
    throw new ProcessorError(
      "A maximum of 5 and a minimum of 1 processor needs to be supplied when processing is enabled.",
    );
  }
  const types = settings.map(({ type }) => type);
  const repeated = types.find((type, index) => types.indexOf(type) !== index);
  if (repeated !== undefined) throw new ProcessorError(`Cannot have more than 1 ${repeated} processor.`);
  if (types.includes("CloudWatchLogProcessing") && !types.includes("Decompression")) {
    throw new ProcessorError(
      "CloudWatchLogProcessingProcessor can only be enabled with DecompressionProcessor",
    );
  }
  for (const type of ["MetadataExtraction", "RecordDeAggregation"]) {
    if (types.includes(type) && !check.dynamicPartitioning) {
      throw new ProcessorError(
        `class com.amazonaws.services.firehose.internal.model.${type}Processor can only be present when Dynamic Partitioning is enabled.`,
      );
    }
  }
  for (const type of types) checkParameters(type, parametersOf(settings, type) ?? new Map(), check.functions);
  const query = parametersOf(settings, "MetadataExtraction")?.get("MetadataExtractionQuery");
  if (query !== undefined) await checkQuery(query, check);
  checkKeys(types, query, check.prefix);
}

function parametersOf(settings: readonly ProcessorSetting[], type: string): ProcessorParameters | undefined {
  const setting = settings.find((one) => one.type === type);
  if (setting === undefined) return undefined;
  return new Map(setting.parameters.map(({ name, value }) => [name, value]));
}

function splitOf(parameters: ProcessorParameters): ReturnType<typeof delimitedParts> {
  if (parameters.get("SubRecordType") === "JSON") return jsonParts;
  return delimitedParts(Buffer.from(parameters.get("Delimiter") ?? "", "base64"));
}

function functionOf(parameters: ProcessorParameters, parts: ProcessorParts): Processor {
  const number = (name: string, fallback: number): number => Number(parameters.get(name) ?? fallback);
  const settings = {
    functionArn: parameters.get("LambdaArn") ?? "",
    retries: number("NumberOfRetries", 3),
    hints: {
      maxBytes: number("BufferSizeInMBs", 1) * bytesPerMb,
      maxAgeMs: number("BufferIntervalInSeconds", 60) * 1000,
    },
    source: {
      deliveryStreamArn: parts.streamArn,
      region: parts.region,
      streamArn: parts.sourceStreamArn,
    },
  };
  return new FunctionTransformation(settings, parts);
}

async function checkQuery(query: string, { clock }: ProcessorCheck): Promise<void> {
  const extraction = new MetadataExtraction(query, clock);
  try {
    await extraction.check();
  } catch (thrown) {
    if (!(thrown instanceof JqCompileError)) throw thrown;
    throw new ProcessorError(`MetadataExtractionQuery is not a valid JQ-1.6 query: ${thrown.message}`);
  } finally {
    await extraction.close();
  }
}

/** Keys and prefix must fit together, as far as one can see what keys a query makes. */
function checkKeys(types: readonly string[], query: string | undefined, prefix: Prefix | undefined): void {
  if (prefix === undefined) return;
  const keys = query === undefined ? [] : PathProgram.parse(query)?.keys;
  if (keys?.some((key) => !prefix.queryKeys.includes(key)) === true) {
    throw new ProcessorError(
      "MetaDataExtraction JQ Query can't contain keys that are not present in the S3 Prefix expression",
    );
  }
  const absent = keys === undefined ? undefined : prefix.queryKeys.find((key) => !keys.includes(key));
  if (absent !== undefined) {
    throw new ProcessorError(
      `S3 Prefix expression can't contain the key ${absent} that is not present in the MetaDataExtraction JQ Query`,
    );
  }
  if (prefix.lambdaKeys.length > 0 && !types.includes("Lambda")) {
    throw new ProcessorError(
      "S3 Prefix expression can't contain partitionKeyFromLambda without a Lambda processor",
    );
  }
}
