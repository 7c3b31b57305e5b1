import { checkProcessors, type Prefix, ProcessorError } from "../../../kernels/delivery/index.ts";
import type { DestinationRequest } from "../destinations/destination.ts";
import { invalidArgument } from "../errors.ts";
import { limits } from "../limits.ts";
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
  partitioning: { readonly dynamic: boolean; readonly prefix: Prefix },
): Promise<void> {
  if (processing?.Enabled !== true) return;
  const { length } = processing.Processors;
  if (length < 1 || length > limits.processors)
    throw invalidArgument(
      `A maximum of ${limits.processors} and a minimum of 1 processor needs to be supplied when processing is enabled.`,
    );
  const { functions, clock } = request.parts;
  try {
    await checkProcessors(kernelSettings(processing), {
      dynamicPartitioning: partitioning.dynamic,
      prefix: partitioning.prefix,
      functions,
      clock,
    });
  } catch (error) {
    if (error instanceof ProcessorError) throw invalidArgument(error.message);
    throw error;
  }
  for (const role of processorRoles(processing)) checkRole(role, request);
}
