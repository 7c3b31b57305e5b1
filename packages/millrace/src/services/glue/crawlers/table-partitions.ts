import type { TableDefinition } from "../../../kernels/catalog/index.ts";
import type { Folder } from "./folder.ts";
import { folderOf, foldersBetween, parseS3Path, type S3Path } from "./s3-path.ts";
import { hivePartition } from "./table-name.ts";

/** A folder with data, and where it is. */
export interface DataFolder {
  readonly folder: Folder;
  readonly path: S3Path;
}

/** All folders that have data of their own. */
export function* dataFolders(folder: Folder, path: S3Path): Generator<DataFolder> {
  if (folder.files.hasData) yield { folder, path };
  for (const child of folder.children)
    yield* dataFolders(child, { bucket: path.bucket, key: `${path.key}${child.name}/` });
}

/**
 * The values of the partition that a folder is of a table: none for the folder of a table without partitions.
 * Undefined when it is none, because it lies elsewhere or its levels are not those of the table's keys.
 */
export function partitionValues(table: TableDefinition, folder: S3Path): readonly string[] | undefined {
  const location = parseS3Path(table.StorageDescriptor?.Location ?? "");
  const names = location && foldersBetween(folderOf(location), folder);
  const keys = table.PartitionKeys ?? [];
  if (names?.length !== keys.length) return undefined;
  const values: string[] = [];
  for (const [index, name] of names.entries()) {
    const hive = hivePartition(name);
    if (hive !== undefined && hive.key !== keys[index]?.Name) return undefined;
    values.push(hive?.value ?? name);
  }
  return values;
}
