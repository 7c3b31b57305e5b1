import type { Table } from "@aws-sdk/client-glue";
import { Anchor, Group, Select, Stack, Text } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { Link } from "react-router";
import { useConsole } from "../../api/console-context.tsx";
import { useAws } from "../../api/queries.ts";
import { bytesText } from "../../ui/format.ts";
import { FilePreview } from "../../ui/preview/file-preview.tsx";
import { objectFile } from "../../ui/preview/object-file.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { objectPath } from "../objects/places.ts";

interface DataFile {
  readonly key: string;
  readonly size: number;
  readonly etag: string | undefined;
}

const listedFiles = 200;

/** The first rows of one of the table's objects, as they are in it. */
export function SampleRows({ table }: { readonly table: Table }): ReactNode {
  const location = table.StorageDescriptor?.Location ?? "";
  const place = /^s3[an]?:\/\/([^/]+)\/?(.*)$/.exec(location);
  if (place?.[1] === undefined)
    return (
      <EmptyState title="The data is not in S3">
        {location === "" ? "The table has no location." : location}
      </EmptyState>
    );
  return <FilesOf bucket={place[1]} prefix={place[2] ?? ""} />;
}

interface FilesOfProps {
  readonly bucket: string;
  readonly prefix: string;
}

function FilesOf({ bucket, prefix }: FilesOfProps): ReactNode {
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const files = useAws("s3", ["data-files", bucket, prefix], async (s3) => {
    const { Contents = [] } = await s3.listObjectsV2({
      Bucket: bucket,
      Prefix: prefix,
      MaxKeys: listedFiles,
    });
    return Contents.flatMap(({ Key = "", Size = 0, ETag }): readonly DataFile[] =>
      Size > 0 && !isHidden(Key) ? [{ key: Key, size: Size, etag: ETag }] : [],
    );
  });
  return (
    <Loaded of={files}>
      {(found) => {
        const file = found.find(({ key }) => key === chosen) ?? found[0];
        if (file === undefined) return <EmptyState title="There are no objects at the location" />;
        return (
          <Stack gap="xs" flex={1} mih={0}>
            <Group justify="space-between" wrap="nowrap">
              <Text size="xs" c="dimmed">
                Read from the object itself, in its own format, not through the table: what a query makes of
                it is decided by the schema.
              </Text>
              <Group gap="xs" wrap="nowrap">
                <Select
                  size="xs"
                  w={320}
                  searchable
                  aria-label="Object"
                  allowDeselect={false}
                  data={found.map(({ key, size }) => ({
                    value: key,
                    label: `${key.slice(prefix.length) || key} (${bytesText(size)})`,
                  }))}
                  value={file.key}
                  onChange={(key) => setChosen(key ?? undefined)}
                />
                <Anchor component={Link} to={objectPath(bucket, file.key)} size="xs">
                  Open
                </Anchor>
              </Group>
            </Group>
            <FileRows bucket={bucket} file={file} />
          </Stack>
        );
      }}
    </Loaded>
  );
}

function FileRows({ bucket, file }: { readonly bucket: string; readonly file: DataFile }): ReactNode {
  const { clients } = useConsole();
  const { key, size, etag } = file;
  const ranged = useMemo(
    () => objectFile(clients, { bucket, key, size, ...(etag !== undefined && { etag }) }),
    [clients, bucket, key, size, etag],
  );
  return <FilePreview key={ranged.id} file={ranged} />;
}

/** Query engines leave out files and folders whose names begin so. */
function isHidden(key: string): boolean {
  return key.split("/").some((part) => part.startsWith("_") || part.startsWith("."));
}
