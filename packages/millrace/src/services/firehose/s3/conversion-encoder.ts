import {
  type BatchEncoder,
  type BatchIdentity,
  checkConversion,
  type DeliveryRecord,
  type FailedRecord,
} from "../../../kernels/delivery/index.ts";
import { type FirehoseParts, type OnBehalf, SchemaTableError } from "../dependencies.ts";
import { conversionFailed } from "./error-line.ts";
import type { ExtendedS3Settings } from "./extended-settings.ts";
import { conversionSchema, schemaTable } from "./format-conversion.ts";

/**
 * Parquet by the table as it is when a buffer begins: a change of the table reaches the next object. Where the
 * table cannot be had, all records go to the error output.
 */
export function conversionEncoder(
  settings: ExtendedS3Settings,
  onBehalf: OnBehalf,
  parts: FirehoseParts,
): (identity: BatchIdentity) => BatchEncoder {
  const details = { dataCatalogTable: catalogMembers(settings, onBehalf) };
  const refusing = (code: string, message: string): RefusingEncoder =>
    new RefusingEncoder((record) => ({
      record,
      outputType: conversionFailed,
      errorCode: `DataFormatConversion.${code}`,
      errorMessage: message,
      attemptsMade: 1,
      attemptEndedMs: parts.clock.now(),
      details,
    }));
  return () => {
    try {
      const schema = conversionSchema(settings, onBehalf, parts);
      const problem = checkConversion(schema);
      return problem === undefined
        ? parts.encoders.parquet(schema, details)
        : refusing("InvalidSchema", problem);
    } catch (error) {
      if (!(error instanceof SchemaTableError)) throw error;
      return refusing(error.code, error.message);
    }
  };
}

/** As AWS shows the table in the error output. */
function catalogMembers(settings: ExtendedS3Settings, onBehalf: OnBehalf): Readonly<Record<string, unknown>> {
  const { SchemaConfiguration: schema = {} } = settings.DataFormatConversionConfiguration ?? {};
  const { database, table, region, versionId } = schemaTable(settings, onBehalf);
  return {
    catalogId: schema.CatalogId ?? null,
    databaseName: database,
    tableName: table,
    region,
    versionId,
    roleArn: schema.RoleARN ?? settings.RoleARN,
  };
}

/** Encodes nothing: every record fails for the same reason. */
class RefusingEncoder implements BatchEncoder {
  readonly #refuse: (record: DeliveryRecord) => FailedRecord;

  constructor(refuse: (record: DeliveryRecord) => FailedRecord) {
    this.#refuse = refuse;
  }

  async add(records: readonly DeliveryRecord[]): Promise<readonly FailedRecord[]> {
    return records.map(this.#refuse);
  }

  async finish(): Promise<Awaited<ReturnType<BatchEncoder["finish"]>>> {
    return { recordCount: 0, sizeBytes: 0, read: nothing, dispose: async () => {} };
  }

  async abort(): Promise<void> {}
}

async function* nothing(): AsyncIterable<Buffer> {}
