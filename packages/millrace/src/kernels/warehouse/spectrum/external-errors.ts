import { SqlError } from "../../../sql/sql-error.ts";
import { WarehouseObjectError } from "../objects-port.ts";
import { DataCatalogError } from "./data-catalog-port.ts";

/** What AWS's readers of files say of data that they cannot take. */
export function scanError(context: string, options?: ErrorOptions): SqlError {
  return new SqlError("XX000", "Spectrum Scan Error", {
    detail: `error:  Spectrum Scan Error\ncode:      15007\ncontext:   ${context}`,
    cause: options?.cause,
  });
}

/** What the data catalog or S3 refused, as Redshift tells it. Anything else stays as it is. */
function externalError(error: unknown): unknown {
  if (error instanceof DataCatalogError)
    return new SqlError("XX000", `${error.code} from glue - ${error.message}`, { cause: error });
  if (error instanceof WarehouseObjectError)
    return new SqlError(
      "XX000",
      `S3ServiceException:${error.message},Status ${error.status},Error ${error.code}`,
      { cause: error },
    );
  return error;
}

/** Runs what asks the catalog or S3, and tells refusals in Redshift's words. */
export async function asked<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw externalError(error);
  }
}

export function notOnExternal(): SqlError {
  return new SqlError("0A000", "Operation not supported on external tables");
}
