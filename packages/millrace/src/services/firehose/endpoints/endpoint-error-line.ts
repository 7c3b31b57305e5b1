import type { FailedRecord } from "../../../kernels/delivery/index.ts";
import { errorLine } from "../s3/error-line.ts";

/**
 * Lines of the error output for records that an endpoint did not take: with the record's number inside the
 * record that it came from, and the id of both together under the name that AWS gives it there.
 */
export function endpointErrorLine(
  failedType: string,
  idMember: "dataId" | "EventId",
): (failed: FailedRecord) => Buffer {
  return (failed) => {
    if (failed.outputType !== failedType) return errorLine(failed);
    const { origin, offset } = failed.record;
    const subsequenceNumber = origin?.subSequenceNumber ?? 0;
    // What was put directly has no sequence number; its place in the stream's own log stands for it.
    const id = `${origin?.sequenceNumber ?? String(offset).padStart(56, "0")}.${subsequenceNumber}`;
    return errorLine({ ...failed, details: { ...failed.details, subsequenceNumber, [idMember]: id } });
  };
}
