import type { CopyCommand } from "@aws-sdk/client-firehose";
import type { Input } from "../../../gateway/service.ts";

export interface CopySource {
  /** `s3://bucket/key` of the manifest. */
  readonly manifest: string;
  readonly roleArn: string;
  readonly isGzip: boolean;
}

/**
 * The command that Firehose sends to the cluster:
 *
 * ```
 * COPY table (columns) FROM 's3://...' CREDENTIALS 'aws_iam_role=...' MANIFEST options;
 * ```
 *
 * Compressed objects need the word GZIP, which is added where the options do not have it.
 */
export function copyStatement(
  command: Input<CopyCommand>,
  { manifest, roleArn, isGzip }: CopySource,
): string {
  const { DataTableName: table, DataTableColumns: columns = "", CopyOptions: options = "" } = command;
  const own = options.trim().replace(/;$/, "").trimEnd();
  const words = [
    "COPY",
    table,
    columns === "" ? "" : `(${columns})`,
    `FROM ${quoted(manifest)}`,
    `CREDENTIALS ${quoted(`aws_iam_role=${roleArn}`)}`,
    "MANIFEST",
    own,
    isGzip && !/\bgzip\b/i.test(own) ? "GZIP" : "",
  ];
  return `${words.filter((word) => word !== "").join(" ")};`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
