import { Box, Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDownload, IconLink, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useMemo } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useConsole } from "../../api/console-context.tsx";
import { useAwsAction } from "../../api/queries.ts";
import { confirm } from "../../ui/confirm.tsx";
import { bytesText, timeText } from "../../ui/format.ts";
import { Page } from "../../ui/page.tsx";
import { PageTabs } from "../../ui/page-tabs.tsx";
import { FilePreview } from "../../ui/preview/file-preview.tsx";
import { objectFile } from "../../ui/preview/object-file.ts";
import { Loaded } from "../../ui/states.tsx";
import { useDownload } from "./download.ts";
import { foldersOf } from "./listing.ts";
import type { ObjectIdentity } from "./object-head.ts";
import { type ObjectHead, useHead } from "./object-head.ts";
import { ObjectProperties, ObjectTags } from "./object-properties.tsx";
import { ObjectVersions } from "./object-versions.tsx";
import { bucketPath } from "./places.ts";
import { PresignedUrl } from "./presigned-url.tsx";

/** One object, or one version of it. */
export function ObjectPage(): ReactNode {
  const { bucket = "" } = useParams();
  const [search] = useSearchParams();
  const key = search.get("key") ?? "";
  const object: ObjectIdentity = { bucket, key, versionId: search.get("version") ?? undefined };
  const head = useHead(object);
  const folders = foldersOf(key);
  const crumbs = [
    { label: "Objects", to: "/objects" },
    { label: bucket, to: bucketPath(bucket) },
    ...folders.map(({ name, prefix }) => ({ label: name, to: bucketPath(bucket, prefix) })),
  ];
  const lead = head.data && `${bytesText(head.data.size)} · ${timeText(head.data.modifiedAt)}`;
  const version = object.versionId === undefined ? "" : ` · version ${object.versionId}`;
  return (
    <Page
      title={key.slice((folders.at(-1)?.prefix ?? "").length) || key}
      lead={lead === undefined ? undefined : `${lead}${version}`}
      crumbs={crumbs}
      fills
      actions={<ObjectActions object={object} />}
    >
      <PageTabs
        tabs={[
          {
            value: "preview",
            label: "Preview",
            content: () => <Loaded of={head}>{(data) => <Preview object={object} head={data} />}</Loaded>,
          },
          {
            value: "properties",
            label: "Properties",
            content: () => <Loaded of={head}>{(data) => <ObjectProperties head={data} />}</Loaded>,
          },
          { value: "tags", label: "Tags", content: () => <ObjectTags object={object} /> },
          { value: "versions", label: "Versions", content: () => <ObjectVersions object={object} /> },
        ]}
      />
    </Page>
  );
}

function Preview({
  object,
  head,
}: {
  readonly object: ObjectIdentity;
  readonly head: ObjectHead;
}): ReactNode {
  const { clients } = useConsole();
  const { bucket, key, versionId } = object;
  const { size, etag, contentType } = head;
  const file = useMemo(
    () =>
      objectFile(clients, {
        bucket,
        key,
        size,
        ...(versionId !== undefined && { versionId }),
        ...(etag !== undefined && { etag }),
        ...(contentType !== undefined && { contentType }),
      }),
    [clients, bucket, key, versionId, size, etag, contentType],
  );
  return (
    <Box flex={1} mih={0} style={{ display: "flex", flexDirection: "column" }}>
      <FilePreview key={file.id} file={file} />
    </Box>
  );
}

function ObjectActions({ object }: { readonly object: ObjectIdentity }): ReactNode {
  const navigate = useNavigate();
  const [isSharing, share] = useDisclosure(false);
  const { bucket, key, versionId } = object;
  const folder = foldersOf(key).at(-1)?.prefix ?? "";
  const download = useDownload();
  const remove = useAwsAction(
    "s3",
    (s3, _input: undefined) => s3.deleteObject({ Bucket: bucket, Key: key, VersionId: versionId }),
    { done: () => `${key} was deleted.` },
  );
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        size="xs"
        variant="default"
        leftSection={<IconDownload size={14} />}
        onClick={() => download(object)}
      >
        Download
      </Button>
      <Button size="xs" variant="default" leftSection={<IconLink size={14} />} onClick={share.open}>
        Share
      </Button>
      <Button
        size="xs"
        variant="default"
        color="red"
        leftSection={<IconTrash size={14} />}
        loading={remove.isPending}
        onClick={() =>
          confirm({
            title: "Delete",
            message:
              versionId === undefined
                ? `${key} is deleted; in a bucket with versions it can be brought back.`
                : `This version of ${key} is deleted for good.`,
            action: "Delete",
            onConfirm: () =>
              remove.mutate(undefined, { onSuccess: () => void navigate(bucketPath(bucket, folder)) }),
          })
        }
      >
        Delete
      </Button>
      <PresignedUrl object={object} isOpen={isSharing} onClose={share.close} />
    </Group>
  );
}
