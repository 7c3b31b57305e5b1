import { ActionIcon, Badge, Group, Tooltip } from "@mantine/core";
import { IconDownload, IconRestore, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { useAwsAction } from "../../api/queries.ts";
import { confirm } from "../../ui/confirm.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { bytesText, timeText } from "../../ui/format.ts";
import { EmptyState, ErrorAlert } from "../../ui/states.tsx";
import { deleteEntries } from "./delete-entries.ts";
import { useDownload } from "./download.ts";
import { type Entry, useListing } from "./listing.ts";
import type { ObjectIdentity } from "./object-head.ts";
import { objectPath } from "./places.ts";

/** Versions and delete markers of one key. */
export function ObjectVersions({ object }: { readonly object: ObjectIdentity }): ReactNode {
  const { bucket, key } = object;
  const navigate = useNavigate();
  const listing = useListing({ bucket, prefix: key, withVersions: true, byFolder: false });
  const rows = listing.entries.filter((entry) => entry.key === key);
  return (
    <>
      {listing.error !== null && <ErrorAlert error={listing.error} />}
      {listing.error === null && !listing.isFirstRead && (
        <DataTable
          label="versions"
          withoutFilter
          rows={rows}
          columns={versionColumns(bucket)}
          rowKey={({ versionId = "" }) => versionId}
          onOpen={({ kind, versionId }) => {
            if (kind === "version") void navigate(objectPath(bucket, key, versionId));
          }}
          empty={<EmptyState title="There are no versions" />}
        />
      )}
    </>
  );
}

function versionColumns(bucket: string): readonly Column<Entry>[] {
  return [
    {
      key: "version",
      title: "Version",
      value: ({ versionId }) => versionId,
      monospace: true,
      width: "2fr",
    },
    {
      key: "state",
      title: "",
      value: ({ kind, isLatest }) => `${kind} ${isLatest}`,
      render: ({ kind, isLatest }) => (
        <Group gap={6}>
          {isLatest && (
            <Badge size="sm" variant="light" color="teal">
              current
            </Badge>
          )}
          {kind === "delete-marker" && (
            <Badge size="sm" variant="light" color="gray">
              delete marker
            </Badge>
          )}
        </Group>
      ),
      width: "210px",
    },
    {
      key: "size",
      title: "Size",
      value: ({ sizeBytes }) => sizeBytes,
      render: ({ sizeBytes }) => (sizeBytes === undefined ? "" : bytesText(sizeBytes)),
      width: "90px",
      align: "right",
    },
    {
      key: "modified",
      title: "Modified",
      value: ({ modifiedAt }) => modifiedAt?.getTime(),
      render: ({ modifiedAt }) => timeText(modifiedAt),
      width: "170px",
    },
    {
      key: "actions",
      title: "",
      value: () => undefined,
      render: (entry) => <VersionActions bucket={bucket} entry={entry} />,
      width: "110px",
      align: "right",
    },
  ];
}

function VersionActions({ bucket, entry }: { readonly bucket: string; readonly entry: Entry }): ReactNode {
  const { key, versionId, kind, isLatest } = entry;
  const download = useDownload();
  const restore = useAwsAction(
    "s3",
    (s3, _input: undefined) => {
      const source = `${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
      return s3.copyObject({ Bucket: bucket, Key: key, CopySource: `${source}?versionId=${versionId}` });
    },
    { done: () => "The version was copied on top." },
  );
  const remove = useAwsAction("s3", (s3, _input: undefined) => deleteEntries(s3, bucket, [entry]), {
    done: () => (kind === "delete-marker" ? "The delete marker is gone." : "The version was deleted."),
  });
  const isMarker = kind === "delete-marker";
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap" onClick={(event) => event.stopPropagation()}>
      {!isMarker && !isLatest && (
        <Action label="Restore: copy it on top" onClick={() => restore.mutate(undefined)}>
          <IconRestore size={16} />
        </Action>
      )}
      {!isMarker && (
        <Action label="Download" onClick={() => download({ bucket, key, versionId })}>
          <IconDownload size={16} />
        </Action>
      )}
      <Action
        label={isMarker ? "Remove the delete marker" : "Delete for good"}
        onClick={() =>
          confirm({
            title: isMarker ? "Remove the delete marker" : "Delete the version",
            message: isMarker ? "The version before it becomes the current one." : "It does not come back.",
            action: isMarker ? "Remove" : "Delete",
            onConfirm: () => remove.mutate(undefined),
          })
        }
      >
        <IconTrash size={16} />
      </Action>
    </Group>
  );
}

interface ActionProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Action({ label, onClick, children }: ActionProps): ReactNode {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
