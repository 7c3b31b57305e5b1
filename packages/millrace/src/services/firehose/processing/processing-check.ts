import { checkProcessors, type Prefix, ProcessorError } from "../../../kernels/delivery/index.ts";
import type { DestinationRequest } from "../destinations/destination.ts";
import { invalidArgument } from "../errors.ts";
import { checkRole } from "../s3/settings-check.ts";
import { type ProcessingSettings, processorRoles } from "./processing-settings.ts";
import { kernelSettings } from "./processor-chain.ts";

/**
 * Refuses processors as AWS does; programs of jq are compiled, functions must be there.
 * @throws ServiceError InvalidArgumentException
 */
export async function checkProcessing(
  processing: ProcessingSettings | undefined,
  request: DestinationRequest,
  partitioning: { readonly dynamic: boolean; readonly prefix?: Prefix } = { dynamic: false },
): Promise<void> {
  const { functions, clock } = request.parts;
  const { dynamic, prefix } = partitioning;
  if (processing?.Enabled !== true) return checkUnprocessed(prefix);
  try {
    await checkProcessors(kernelSettings(processing), {
      dynamicPartitioning: dynamic,
      ...(prefix === undefined ? {} : { prefix }),
      functions,
      clock,
    });
  } catch (error) {
    if (error instanceof ProcessorError) throw invalidArgument(error.message);
    throw error;
  }
  for (const role of processorRoles(processing)) checkRole(role, request);
}

/** Keys of partitions come from processors. */
function checkUnprocessed(prefix: Prefix | undefined): void {
  if (prefix === undefined || (prefix.queryKeys.length === 0 && prefix.lambdaKeys.length === 0)) return;
  throw invalidArgument(
    "Processing Configuration is not enabled when Dynamic Partitioning is enabled: the keys of the S3 Prefix expression " +
      "come from a MetadataExtraction or Lambda processor.",
  );
}
