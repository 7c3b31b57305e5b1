import { SqlError } from "../../../sql/sql-error.ts";
import { WarehouseObjectError } from "../objects-port.ts";

/** The code that AWS shows for everything that goes wrong at S3. */
const s3Code = 8001;

/** An error of the compute nodes, with the block of details that clients of Redshift know. */
export function loadError(message: string, code: number, context: string, queryId: number): SqlError {
  const line = `\n  -----------------------------------------------`;
  const detail = `${line}\n  error:  ${message}\n  code:      ${code}\n  context:   ${context}\n  query:     ${queryId}\n  location:  :0\n  process:   padbmaster${line}\n`;
  return new SqlError("XX000", message, { detail });
}

/** @param context `S3 key being read : s3://...`, `Listing bucket=... prefix=...` */
export function objectError(error: WarehouseObjectError, context: string, queryId: number): SqlError {
  const message = `S3ServiceException:${error.message.replace(/\.$/, "")},Status ${error.status},Error ${error.code},Rid ${requestId(queryId)},CanRetry 1`;
  return loadError(message, s3Code, context, queryId);
}

export function manifestError(reason: string, location: string, queryId: number): SqlError {
  return loadError(`Problem reading manifest file - ${reason}`, s3Code, location, queryId);
}

export function noSuchPrefix(prefix: string, queryId: number): SqlError {
  return loadError(`The specified S3 prefix '${prefix}' does not exist`, s3Code, "", queryId);
}

export function roleRefused(user: string, roleArn: string, queryId: number): SqlError {
  return loadError(
    `User ${user} is not authorized to assume IAM Role ${roleArn}`,
    s3Code,
    `IAM Role=${roleArn}`,
    queryId,
  );
}

/** Requests within the process have no id of their own: the statement's stands for it. */
function requestId(queryId: number): string {
  return queryId.toString(16).toUpperCase().padStart(16, "0");
}

/** Runs what touches S3; its errors become the statement's. */
export async function reading<T>(context: string, queryId: number, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof WarehouseObjectError ? objectError(error, context, queryId) : error;
  }
}
