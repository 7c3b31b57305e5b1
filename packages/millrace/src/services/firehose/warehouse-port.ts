/** The warehouse that Amazon Redshift destinations load their staged objects into. */
export interface WarehousePort {
  /** Resolves when all rows are there; none is when it rejects. @throws WarehouseError */
  copy(request: WarehouseCopy, signal: AbortSignal): Promise<void>;
}

export interface WarehouseCopy {
  /** `jdbc:redshift://host:5439/database` */
  readonly clusterJdbcUrl: string;
  readonly username: string;
  readonly password: string;
  /** One COPY command, which names a manifest in S3. */
  readonly statement: string;
}

/** `code` is what the error log shows: `Redshift.TableNotFound`, `Redshift.AuthenticationFailed`, ... */
export class WarehouseError extends Error {
  override readonly name = "WarehouseError";
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
