import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useAws } from "../../api/queries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { Page } from "../../ui/page.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { BucketEncryptionText, BucketVersioningBadge } from "./bucket-facts.tsx";
import { CreateBucket } from "./create-bucket.tsx";
import { bucketPath } from "./places.ts";

interface BucketRow {
  readonly name: string;
  readonly region: string | undefined;
  readonly createdAt: Date | undefined;
}

const maxPages = 20;

export function Buckets(): ReactNode {
  const [isCreating, create] = useDisclosure(false);
  const buckets = useAws("s3", ["buckets"], async (s3) => {
    const rows: BucketRow[] = [];
    let token: string | undefined;
    for (let page = 0; page < maxPages; page++) {
      const output = await s3.listBuckets({ MaxBuckets: 1_000, ContinuationToken: token });
      for (const { Name = "", BucketRegion, CreationDate } of output.Buckets ?? [])
        rows.push({ name: Name, region: BucketRegion, createdAt: CreationDate });
      token = output.ContinuationToken;
      if (token === undefined) break;
    }
    return rows;
  });
  return (
    <Page
      title="Objects"
      lead="Buckets of S3"
      fills
      actions={
        <Button size="xs" leftSection={<IconPlus size={16} />} onClick={create.open}>
          Create bucket
        </Button>
      }
    >
      <Loaded of={buckets}>
        {(rows) => (
          <DataTable
            label="buckets"
            rows={rows}
            columns={columns}
            rowKey={({ name }) => name}
            to={({ name }) => bucketPath(name)}
            sort={{ key: "name" }}
            empty={
              <EmptyState title="There are no buckets" command="aws s3 mb s3://my-bucket">
                A bucket holds objects: files of any size, with versions and encryption if you like.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      <CreateBucket isOpen={isCreating} onClose={create.close} />
    </Page>
  );
}

const columns: readonly Column<BucketRow>[] = [
  {
    key: "name",
    title: "Bucket",
    value: ({ name }) => name,
    render: ({ name }) => (
      <Text size="sm" fw={500} truncate>
        {name}
      </Text>
    ),
    width: "2fr",
  },
  { key: "region", title: "Region", value: ({ region }) => region, width: "130px" },
  {
    key: "versioning",
    title: "Versions",
    value: () => undefined,
    render: ({ name }) => <BucketVersioningBadge bucket={name} />,
    width: "110px",
  },
  {
    key: "encryption",
    title: "Encryption",
    value: () => undefined,
    render: ({ name }) => <BucketEncryptionText bucket={name} />,
  },
  {
    key: "created",
    title: "Created",
    value: ({ createdAt }) => createdAt?.getTime(),
    render: ({ createdAt }) => timeText(createdAt),
    width: "160px",
  },
];
