import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";

interface PartUpload {
  readonly key: string;
  readonly id: string;
  readonly startedAt: Date | undefined;
  readonly initiator: string | undefined;
}

/** Uploads in parts that were begun and neither completed nor given up; their parts take space. */
export function PartUploads({ bucket }: { readonly bucket: string }): ReactNode {
  const uploads = useAws("s3", ["part-uploads", bucket], async (s3) => {
    const { Uploads = [] } = await s3.listMultipartUploads({ Bucket: bucket });
    return Uploads.map(
      ({ Key = "", UploadId = "", Initiated, Initiator }): PartUpload => ({
        key: Key,
        id: UploadId,
        startedAt: Initiated,
        initiator: Initiator?.DisplayName ?? Initiator?.ID,
      }),
    );
  });
  const abort = useAwsAction(
    "s3",
    (s3, { key, id }: PartUpload) => s3.abortMultipartUpload({ Bucket: bucket, Key: key, UploadId: id }),
    { done: (_output, { key }) => `The upload of ${key} was given up.` },
  );
  const columns: readonly Column<PartUpload>[] = [
    { key: "key", title: "Key", value: ({ key }) => key, width: "2fr" },
    {
      key: "started",
      title: "Started",
      value: ({ startedAt }) => startedAt?.getTime(),
      render: ({ startedAt }) => timeText(startedAt),
      width: "160px",
    },
    { key: "by", title: "By", value: ({ initiator }) => initiator },
    { key: "id", title: "Upload id", value: ({ id }) => id, monospace: true },
    {
      key: "abort",
      title: "",
      value: () => undefined,
      render: (upload) => (
        <Button size="compact-xs" variant="subtle" color="red" onClick={() => abort.mutate(upload)}>
          Give up
        </Button>
      ),
      width: "90px",
      align: "right",
    },
  ];
  return (
    <Loaded of={uploads}>
      {(rows) => (
        <DataTable
          label="uploads"
          rows={rows}
          columns={columns}
          rowKey={({ id }) => id}
          empty={<EmptyState title="No upload is unfinished">Large files are uploaded in parts.</EmptyState>}
        />
      )}
    </Loaded>
  );
}
