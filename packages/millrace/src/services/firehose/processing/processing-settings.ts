import type {
  ProcessingConfiguration,
  ProcessorParameterName,
  ProcessorType,
} from "@aws-sdk/client-firehose";
import type { Input } from "../../../gateway/service.ts";

/** The processors of a destination as they are kept and described. */
export interface ProcessingSettings {
  readonly Enabled: boolean;
  readonly Processors: readonly ProcessorSettings[];
}

export interface ProcessorSettings {
  readonly Type: ProcessorType;
  readonly Parameters: readonly Parameter[];
}

interface Parameter {
  readonly ParameterName: ProcessorParameterName;
  readonly ParameterValue: string;
}

export type ProcessingChange = Input<ProcessingConfiguration>;

/** A change replaces all processors at once; AWS adds parameters that have a default. */
export function mergedProcessing(
  current: ProcessingSettings | undefined,
  change: ProcessingChange | undefined,
  roleArn: string,
): ProcessingSettings | undefined {
  if (change === undefined) return current;
  const processors = change.Processors?.map(({ Type, Parameters }) => ({
    Type,
    Parameters: withDefaults(Type, Parameters ?? [], roleArn),
  }));
  return {
    Enabled: change.Enabled ?? current?.Enabled ?? false,
    Processors: processors ?? (change.Enabled === undefined ? [] : (current?.Processors ?? [])),
  };
}

function withDefaults(
  type: ProcessorType,
  parameters: readonly Parameter[],
  roleArn: string,
): readonly Parameter[] {
  const named = new Set(parameters.map(({ ParameterName }) => ParameterName));
  const missing = defaultsOf(type, roleArn).filter(({ ParameterName }) => !named.has(ParameterName));
  // Both buffering hints are given, or none.
  const isHint = ({ ParameterName }: Parameter): boolean =>
    ParameterName === "BufferSizeInMBs" || ParameterName === "BufferIntervalInSeconds";
  return [...parameters, ...missing.filter((hint) => !isHint(hint) || missing.filter(isHint).length === 2)];
}

function defaultsOf(type: ProcessorType, roleArn: string): Parameter[] {
  if (type === "Decompression") return [{ ParameterName: "CompressionFormat", ParameterValue: "GZIP" }];
  if (type !== "Lambda") return [];
  return [
    { ParameterName: "NumberOfRetries", ParameterValue: "3" },
    { ParameterName: "RoleArn", ParameterValue: roleArn },
    { ParameterName: "BufferSizeInMBs", ParameterValue: "1" },
    { ParameterName: "BufferIntervalInSeconds", ParameterValue: "60" },
  ];
}

/** Roles that processors use, which a caller must be allowed to pass. */
export function processorRoles(
  processing: ProcessingChange | ProcessingSettings | undefined,
): readonly string[] {
  return (processing?.Processors ?? []).flatMap(({ Parameters = [] }) =>
    Parameters.filter(({ ParameterName }) => ParameterName === "RoleArn").map(
      ({ ParameterValue }) => ParameterValue,
    ),
  );
}
