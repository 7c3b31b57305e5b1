import type { FailedRecord } from "../../../kernels/delivery/index.ts";
import { errorLine } from "../s3/error-line.ts";
import type { SearchDocuments } from "./search-document.ts";

/**
 * Lines of the error output for documents that a cluster did not take: with what it said of this document, and
 * where the document should have gone.
 */
export function searchErrorLine(
  failedType: string,
  documents: SearchDocuments,
): (failed: FailedRecord) => Buffer {
  return (failed) => {
    if (failed.outputType !== failedType) return errorLine(failed);
    const { record } = failed;
    const details = { ...failed.details, ...documents.detailsOf(record) };
    return errorLine({ ...failed, ...documents.refusalOf(record), details });
  };
}
