import type { RowGroup } from "../../../formats/parquet/row-group.ts";
import type { ConversionSchema } from "./conversion.ts";

/** Records in frames that are to become a row group. Plain data: it is copied to another thread. */
export interface ConversionJob {
  readonly schema: ConversionSchema;
  /** The first frames, if they lie in a file. */
  readonly file?: { readonly path: string; readonly sizeBytes: number };
  /** The frames after those of the file. */
  readonly frames: readonly Uint8Array[];
}

export interface ConversionResult {
  /** Undefined when every record failed. */
  readonly rowGroup: RowGroup | undefined;
  /** Records taken. One may hold several rows. */
  readonly recordCount: number;
  readonly failures: readonly ConversionFailure[];
}

export interface ConversionFailure {
  readonly frame: Uint8Array;
  readonly code: string;
  readonly message: string;
}
