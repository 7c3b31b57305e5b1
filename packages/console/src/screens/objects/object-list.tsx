import { Anchor, Box, Breadcrumbs, Button, Checkbox, FileButton, Group, Switch, Text } from "@mantine/core";
import { IconFile, IconFolder, IconHistory, IconTrash, IconUpload } from "@tabler/icons-react";
import { type DragEvent, type ReactNode, useMemo, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useAwsAction } from "../../api/queries.ts";
import { confirm } from "../../ui/confirm.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { bytesText, timeText } from "../../ui/format.ts";
import { EmptyState, ErrorAlert } from "../../ui/states.tsx";
import { deleteEntries } from "./delete-entries.ts";
import { droppedFiles } from "./dropped-files.ts";
import { type Entry, foldersOf, nameOf, useListing } from "./listing.ts";
import classes from "./object-list.module.css";
import { bucketPath, objectPath } from "./places.ts";
import { useUploads } from "./uploads.tsx";

/** Folders and objects below a prefix; files that are dropped on it are uploaded there. */
export function ObjectList({ bucket }: { readonly bucket: string }): ReactNode {
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const prefix = search.get("prefix") ?? "";
  const withVersions = search.has("versions");
  const listing = useListing({ bucket, prefix, withVersions, byFolder: true });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const columns = useMemo(
    () => columnsOf({ prefix, withVersions, selected, onSelect: setSelected }),
    [prefix, withVersions, selected],
  );
  const open = (entry: Entry): void => {
    if (entry.kind === "folder") void navigate(folderPath(bucket, entry.key, withVersions));
    if (entry.kind === "object" || entry.kind === "version")
      void navigate(objectPath(bucket, entry.key, entry.versionId));
  };
  const toggleVersions = (): void =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      if (withVersions) next.delete("versions");
      else next.set("versions", "all");
      return next;
    });
  const chosen = listing.entries.filter((entry) => selected.has(idOf(entry)));
  return (
    <DropArea bucket={bucket} prefix={prefix}>
      <Group justify="space-between" mb="xs">
        <Folders bucket={bucket} prefix={prefix} withVersions={withVersions} />
        <Group gap="md">
          <Switch size="xs" label="All versions" checked={withVersions} onChange={toggleVersions} />
          <DeleteButton bucket={bucket} entries={chosen} onDone={() => setSelected(new Set())} />
          <UploadButton bucket={bucket} prefix={prefix} />
        </Group>
      </Group>
      {listing.error !== null && <ErrorAlert error={listing.error} />}
      {!listing.isFirstRead && (listing.error === null || listing.entries.length > 0) && (
        <DataTable
          key={`${prefix} ${withVersions}`}
          label={withVersions ? "versions" : "objects"}
          rows={listing.entries}
          columns={columns}
          rowKey={idOf}
          onOpen={open}
          empty={<NothingHere bucket={bucket} prefix={prefix} />}
          tools={
            listing.hasMore && (
              <Button
                size="compact-xs"
                variant="default"
                loading={listing.isReading}
                onClick={listing.readMore}
              >
                Read more
              </Button>
            )
          }
        />
      )}
    </DropArea>
  );
}

function idOf({ key, versionId, kind }: Entry): string {
  return `${kind} ${versionId ?? ""} ${key}`;
}

function folderPath(bucket: string, prefix: string, withVersions: boolean): string {
  const path = bucketPath(bucket, prefix);
  return withVersions ? `${path}${path.includes("?") ? "&" : "?"}versions=all` : path;
}

interface FoldersProps {
  readonly bucket: string;
  readonly prefix: string;
  readonly withVersions: boolean;
}

function Folders({ bucket, prefix, withVersions }: FoldersProps): ReactNode {
  return (
    <Breadcrumbs separatorMargin={6}>
      <Anchor component={Link} to={folderPath(bucket, "", withVersions)} size="sm">
        {bucket}
      </Anchor>
      {foldersOf(prefix).map((folder) => (
        <Anchor
          key={folder.prefix}
          component={Link}
          to={folderPath(bucket, folder.prefix, withVersions)}
          size="sm"
        >
          {folder.name}
        </Anchor>
      ))}
    </Breadcrumbs>
  );
}

interface ColumnsInput {
  readonly prefix: string;
  readonly withVersions: boolean;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
}

function columnsOf({ prefix, withVersions, selected, onSelect }: ColumnsInput): readonly Column<Entry>[] {
  const toggle = (entry: Entry): void => {
    const next = new Set(selected);
    if (!next.delete(idOf(entry))) next.add(idOf(entry));
    onSelect(next);
  };
  const version: Column<Entry> = {
    key: "version",
    title: "Version",
    value: ({ versionId }) => versionId,
    monospace: true,
    width: "200px",
  };
  return [
    {
      key: "selected",
      title: "",
      value: (entry) => (selected.has(idOf(entry)) ? 0 : 1),
      render: (entry) => (
        <Checkbox
          size="xs"
          aria-label={`Select ${entry.key}`}
          checked={selected.has(idOf(entry))}
          onClick={(event) => event.stopPropagation()}
          onChange={() => toggle(entry)}
        />
      ),
      width: "24px",
    },
    {
      key: "name",
      title: "Name",
      value: ({ key }) => nameOf(key, prefix),
      render: (entry) => <EntryName entry={entry} prefix={prefix} />,
      width: "2fr",
    },
    ...(withVersions ? [version] : []),
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
      width: "160px",
    },
    { key: "class", title: "Class", value: ({ storageClass }) => storageClass, width: "110px" },
  ];
}

function EntryName({ entry, prefix }: { readonly entry: Entry; readonly prefix: string }): ReactNode {
  const { kind, isLatest } = entry;
  const Icon = kind === "folder" ? IconFolder : kind === "delete-marker" ? IconTrash : IconFile;
  const note = kind === "delete-marker" ? "delete marker" : isLatest ? undefined : "earlier";
  return (
    <Group gap={8} wrap="nowrap">
      {kind === "version" && !isLatest ? (
        <IconHistory size={16} stroke={1.5} aria-hidden style={{ flex: "none", opacity: 0.6 }} />
      ) : (
        <Icon size={16} stroke={1.5} aria-hidden style={{ flex: "none", opacity: 0.7 }} />
      )}
      <Text size="sm" truncate c={kind === "delete-marker" ? "dimmed" : ""}>
        {nameOf(entry.key, prefix) || "(the folder itself)"}
      </Text>
      {note !== undefined && (
        <Text size="xs" c="dimmed">
          {note}
        </Text>
      )}
    </Group>
  );
}

interface DeleteButtonProps {
  readonly bucket: string;
  readonly entries: readonly Entry[];
  readonly onDone: () => void;
}

function DeleteButton({ bucket, entries, onDone }: DeleteButtonProps): ReactNode {
  const remove = useAwsAction("s3", (s3, chosen: readonly Entry[]) => deleteEntries(s3, bucket, chosen), {
    done: (count) => `${count} deleted.`,
  });
  const folders = entries.filter(({ kind }) => kind === "folder").length;
  const versions = entries.filter(({ versionId }) => versionId !== undefined).length;
  const what = [
    folders > 0 ? "Everything below a chosen folder goes too." : "",
    versions > 0 ? "Deleted versions do not come back; deleting a delete marker restores its object." : "",
  ].join(" ");
  if (entries.length === 0) return undefined;
  return (
    <Button
      size="xs"
      color="red"
      variant="light"
      leftSection={<IconTrash size={14} />}
      loading={remove.isPending}
      onClick={() =>
        confirm({
          title: `Delete ${entries.length} of ${bucket}`,
          message: what.trim() || "In a bucket with versions, the objects can be brought back.",
          action: "Delete",
          onConfirm: () => remove.mutate(entries, { onSuccess: onDone }),
        })
      }
    >
      Delete {entries.length}
    </Button>
  );
}

interface PlaceProps {
  readonly bucket: string;
  readonly prefix: string;
}

function UploadButton({ bucket, prefix }: PlaceProps): ReactNode {
  const uploads = useUploads();
  return (
    <FileButton
      multiple
      onChange={(files) =>
        uploads(
          bucket,
          prefix,
          files.map((file) => ({ path: file.name, file })),
        )
      }
    >
      {(props) => (
        <Button {...props} size="xs" leftSection={<IconUpload size={14} />}>
          Upload
        </Button>
      )}
    </FileButton>
  );
}

function NothingHere({ bucket, prefix }: PlaceProps): ReactNode {
  return (
    <EmptyState title="Nothing is here" command={`aws s3 cp FILE s3://${bucket}/${prefix}`}>
      Drop files or folders here, or upload them.
    </EmptyState>
  );
}

function DropArea({ bucket, prefix, children }: PlaceProps & { readonly children: ReactNode }): ReactNode {
  const uploads = useUploads();
  const [isOver, setIsOver] = useState(false);
  const onDrop = async (event: DragEvent): Promise<void> => {
    event.preventDefault();
    setIsOver(false);
    const files = await droppedFiles(event.dataTransfer);
    if (files.length > 0) uploads(bucket, prefix, files);
  };
  return (
    <Box
      className={classes["area"] ?? ""}
      mod={{ over: isOver }}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setIsOver(false);
      }}
      onDrop={(event) => void onDrop(event)}
    >
      {children}
    </Box>
  );
}
