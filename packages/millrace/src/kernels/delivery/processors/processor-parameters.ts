import type { Functions } from "../../../core/functions-port.ts";

/** By name. */
export type ProcessorParameters = ReadonlyMap<string, string>;

/** Processors that AWS would refuse; the message is AWS's where it is known. */
export class ProcessorError extends Error {
  override readonly name = "ProcessorError";
}

/** @throws ProcessorError when a processor of this type cannot have these parameters */
export function checkParameters(type: string, parameters: ProcessorParameters, functions: Functions): void {
  switch (type) {
    case "Lambda":
      checkFunction(parameters, functions);
      return;
    case "MetadataExtraction":
      if (parameters.get("JsonParsingEngine") !== "JQ-1.6") {
        throw new ProcessorError("MetaDataExtraction JSON Parsing Engine has to be one of JQ-1.6");
      }
      if ((parameters.get("MetadataExtractionQuery") ?? "") === "") {
        throw new ProcessorError(
          "MetadataExtractionQuery is required when MetadataExtraction processor is used.",
        );
      }
      return;
    case "RecordDeAggregation":
      checkSplitting(parameters);
      return;
    case "Decompression":
      if ((parameters.get("CompressionFormat") ?? "GZIP") === "GZIP") return;
      throw new ProcessorError("CompressionFormat for Decompression processor must be GZIP.");
    case "CloudWatchLogProcessing":
      if (/^(true|false)$/i.test(parameters.get("DataMessageExtraction") ?? "")) return;
      throw new ProcessorError(
        "DataMessageExtraction must be true or false for CloudWatchLogProcessing processor.",
      );
  }
}

function checkSplitting(parameters: ProcessorParameters): void {
  const type = parameters.get("SubRecordType");
  if (type !== "JSON" && type !== "DELIMITED") {
    throw new ProcessorError("SubRecordType has to be one of JSON, DELIMITED");
  }
  const delimiter = parameters.get("Delimiter") ?? "";
  if (type === "DELIMITED" && delimiter === "") {
    throw new ProcessorError("Delimiter should be present for DELIMITED");
  }
  if (type === "DELIMITED" && (!/^[A-Za-z0-9+/]+={0,2}$/.test(delimiter) || delimiter.length % 4 !== 0)) {
    throw new ProcessorError("Delimiter should be base64 encoded for DELIMITED");
  }
}

function checkFunction(parameters: ProcessorParameters, functions: Functions): void {
  const arn = parameters.get("LambdaArn") ?? "";
  if (arn === "") throw new ProcessorError("LambdaArn is required when Lambda processor is used.");
  const inRange = (name: string, min: number, max: number): boolean => {
    const value = parameters.get(name);
    return (
      value === undefined || (/^\d+(\.\d+)?$/.test(value) && Number(value) >= min && Number(value) <= max)
    );
  };
  if (parameters.has("BufferSizeInMBs") !== parameters.has("BufferIntervalInSeconds")) {
    throw new ProcessorError(
      "Both BufferSizeInMBs and BufferIntervalInSeconds are required to configure buffering for lambda processor.",
    );
  }
  if (!inRange("BufferSizeInMBs", 0.2, 3)) {
    throw new ProcessorError("BufferSizeInMBs for lambda processor must be between 0.2 and 3.");
  }
  if (!inRange("BufferIntervalInSeconds", 0, 900)) {
    throw new ProcessorError("BufferIntervalInSeconds for lambda processor must be between 0 and 900.");
  }
  if (!inRange("NumberOfRetries", 0, 300) || !/^\d*$/.test(parameters.get("NumberOfRetries") ?? "")) {
    throw new ProcessorError("Number of retries for lambda must be between 0 and 300.");
  }
  if (!functions.has(arn)) {
    throw new ProcessorError(
      `Millrace does not know what function ${arn} is. Start it with --function NAME=./module.mjs or --function NAME=http://host/path, where NAME is the function's name.`,
    );
  }
}
