import { unsupported } from "../errors.ts";

interface TableInput {
  readonly StreamSpecification?: { readonly StreamEnabled?: boolean | undefined } | undefined;
  readonly SSESpecification?: { readonly Enabled?: boolean | undefined } | undefined;
  readonly GlobalTableSettingsReplicationMode?: string | undefined;
  readonly WarmThroughput?: unknown;
  readonly VectorIndexes?: unknown;
}

/** What CreateTable and UpdateTable could be asked for and Millrace does not have is refused by its name. */
export function checkSupported(input: TableInput): void {
  if (input.StreamSpecification?.StreamEnabled === true)
    throw unsupported("StreamSpecification: DynamoDB Streams");
  if (input.SSESpecification?.Enabled === true)
    throw unsupported("SSESpecification: encryption with a key of KMS");
  if (input.GlobalTableSettingsReplicationMode !== undefined)
    throw unsupported("GlobalTableSettingsReplicationMode");
  if (input.WarmThroughput !== undefined) throw unsupported("WarmThroughput");
  if (input.VectorIndexes !== undefined) throw unsupported("VectorIndexes");
}
