import type { DestinationDescription } from "@aws-sdk/client-firehose";
import type { _Object as S3Object } from "@aws-sdk/client-s3";
import { Anchor, Button, Drawer, Group, Stack, Text } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { Link, useSearchParams } from "react-router";
import { useConsole } from "../../api/console-context.tsx";
import { useAws } from "../../api/queries.ts";
import type { ServiceClients } from "../../api/services.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { bytesText, countText, timeText } from "../../ui/format.ts";
import { FilePreview } from "../../ui/preview/file-preview.tsx";
import { objectFile } from "../../ui/preview/object-file.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { objectPlaces } from "./delivery-data.ts";
import { isErrorObject } from "./failed-records.ts";

/** Objects that are looked through for the newest ones. */
const maxListed = 5_000;
const everyMs = 5_000;

export interface FoundObjects {
  readonly objects: readonly S3Object[];
  /** There are more than were looked through. */
  readonly isCut: boolean;
}

/** Newest first. */
export async function newestObjects(
  s3: ServiceClients["s3"],
  bucket: string,
  prefix: string,
): Promise<FoundObjects> {
  const objects: S3Object[] = [];
  let token: string | undefined;
  do {
    const answer = await s3.listObjectsV2({ Bucket: bucket, Prefix: prefix, ContinuationToken: token });
    objects.push(...(answer.Contents ?? []));
    token = answer.NextContinuationToken;
  } while (token !== undefined && objects.length < maxListed);
  const time = ({ LastModified }: S3Object): number => LastModified?.getTime() ?? 0;
  return { objects: objects.toSorted((a, b) => time(b) - time(a)), isCut: token !== undefined };
}

export interface ObjectsTabProps {
  readonly name: string;
  readonly destination: DestinationDescription | undefined;
}

/** The objects that lie where the stream writes, and what is in them. */
export function ObjectsTab({ name, destination }: ObjectsTabProps): ReactNode {
  const places = objectPlaces(destination);
  const bucket = places?.bucket ?? "";
  const prefix = places?.prefix ?? "";
  const objects = useAws("s3", ["delivered", bucket, prefix], (s3) => newestObjects(s3, bucket, prefix), {
    everyMs,
    enabled: places !== undefined,
  });
  const [search, setSearch] = useSearchParams();
  const key = search.get("key") ?? undefined;
  if (places === undefined) return <EmptyState title="This destination has no objects" />;
  return (
    <>
      <Loaded of={objects}>
        {({ objects: all, isCut }) => {
          const rows = all.filter(({ Key = "" }) => !isErrorObject(Key));
          return (
            <DataTable
              label="objects"
              rows={rows}
              columns={columns}
              rowKey={({ Key = "" }) => Key}
              onOpen={({ Key = "" }) => setSearch({ key: Key })}
              {...(key !== undefined && { selected: key })}
              tools={
                <Group gap="sm" wrap="nowrap">
                  {isCut && (
                    <Text size="xs" c="dimmed">
                      of the first {countText(maxListed)}
                    </Text>
                  )}
                  <Anchor
                    component={Link}
                    to={`/objects/${bucket}?${new URLSearchParams({ prefix })}`}
                    size="xs"
                  >
                    s3://{bucket}/{prefix}
                  </Anchor>
                </Group>
              }
              empty={
                <EmptyState title={`Nothing has been written to s3://${bucket}/${prefix}`}>
                  Records are delivered when the buffer is full or old enough, or by Flush now.
                </EmptyState>
              }
            />
          );
        }}
      </Loaded>
      <ObjectDrawer
        bucket={bucket}
        objectKey={key}
        onClose={() => setSearch({}, { replace: true })}
        key={name}
      />
    </>
  );
}

const columns: readonly Column<S3Object>[] = [
  {
    key: "at",
    title: "Written",
    width: "160px",
    value: ({ LastModified }) => LastModified?.getTime(),
    render: ({ LastModified }) => timeText(LastModified),
  },
  { key: "key", title: "Key", value: ({ Key }) => Key },
  {
    key: "size",
    title: "Size",
    width: "100px",
    align: "right",
    value: ({ Size }) => Size,
    render: ({ Size = 0 }) => bytesText(Size),
  },
];

export interface ObjectDrawerProps {
  readonly bucket: string;
  readonly objectKey: string | undefined;
  readonly onClose: () => void;
}

function ObjectDrawer({ bucket, objectKey, onClose }: ObjectDrawerProps): ReactNode {
  return (
    <Drawer opened={objectKey !== undefined} onClose={onClose} position="right" size="70%" title="Object">
      {objectKey !== undefined && <ObjectPreview key={objectKey} bucket={bucket} objectKey={objectKey} />}
    </Drawer>
  );
}

function ObjectPreview({
  bucket,
  objectKey,
}: {
  readonly bucket: string;
  readonly objectKey: string;
}): ReactNode {
  const head = useAws("s3", ["head", bucket, objectKey], (s3) =>
    s3.headObject({ Bucket: bucket, Key: objectKey }),
  );
  return (
    <Loaded of={head}>
      {({ ContentLength = 0, ContentType, ETag }) => (
        <Stack gap="sm" h="calc(100dvh - 90px)">
          <Group justify="space-between" wrap="nowrap">
            <Text size="xs" ff="monospace" style={{ overflowWrap: "anywhere" }}>
              s3://{bucket}/{objectKey}
            </Text>
            <Button
              component={Link}
              to={`/objects/${bucket}/object?${new URLSearchParams({ key: objectKey })}`}
              size="compact-xs"
              variant="default"
            >
              In Objects
            </Button>
          </Group>
          <Preview
            bucket={bucket}
            objectKey={objectKey}
            size={ContentLength}
            type={ContentType}
            etag={ETag}
          />
        </Stack>
      )}
    </Loaded>
  );
}

interface PreviewProps {
  readonly bucket: string;
  readonly objectKey: string;
  readonly size: number;
  readonly type: string | undefined;
  readonly etag: string | undefined;
}

function Preview({ bucket, objectKey, size, type, etag }: PreviewProps): ReactNode {
  const { clients } = useConsole();
  const file = useMemo(
    () =>
      objectFile(clients, {
        ...{ bucket, key: objectKey, size },
        ...(type !== undefined && { contentType: type }),
        ...(etag !== undefined && { etag }),
      }),
    [clients, bucket, objectKey, size, type, etag],
  );
  return <FilePreview file={file} />;
}
