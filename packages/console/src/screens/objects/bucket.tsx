import { Menu } from "@mantine/core";
import type { ReactNode } from "react";
import { useNavigate, useParams } from "react-router";
import { useAwsAction } from "../../api/queries.ts";
import { confirm } from "../../ui/confirm.tsx";
import { MoreMenu } from "../../ui/more-menu.tsx";
import { Page } from "../../ui/page.tsx";
import { PageTabs } from "../../ui/page-tabs.tsx";
import { encryptionName, useEncryption, useVersioning } from "./bucket-facts.tsx";
import { BucketSettings } from "./bucket-settings.tsx";
import { emptyBucket } from "./delete-entries.ts";
import { ObjectList } from "./object-list.tsx";
import { PartUploads } from "./part-uploads.tsx";

export function Bucket(): ReactNode {
  const { bucket = "" } = useParams();
  return (
    <Page
      title={bucket}
      lead={<BucketLead bucket={bucket} />}
      crumbs={[{ label: "Objects", to: "/objects" }]}
      fills
      actions={<BucketMenu bucket={bucket} />}
    >
      <PageTabs
        own={["setting", "prefix"]}
        tabs={[
          { value: "objects", label: "Objects", content: () => <ObjectList bucket={bucket} /> },
          { value: "uploads", label: "Unfinished uploads", content: () => <PartUploads bucket={bucket} /> },
          { value: "settings", label: "Settings", content: () => <BucketSettings bucket={bucket} /> },
        ]}
      />
    </Page>
  );
}

function BucketLead({ bucket }: { readonly bucket: string }): ReactNode {
  const versioning = useVersioning(bucket);
  const encryption = useEncryption(bucket);
  const versions = versioning.data === undefined ? "" : `Versions: ${versioning.data.toLowerCase()}`;
  const keys =
    encryption.data === undefined ? "" : `encryption: ${encryptionName(encryption.data.algorithm)}`;
  // A space keeps the line's height while nothing is known.
  return [versions, keys].filter((text) => text !== "").join(" · ") || "\u00a0";
}

function BucketMenu({ bucket }: { readonly bucket: string }): ReactNode {
  const navigate = useNavigate();
  const empty = useAwsAction("s3", (s3, name: string) => emptyBucket(s3, name), {
    done: (count) => `${count} objects and versions were deleted.`,
  });
  const remove = useAwsAction("s3", (s3, name: string) => s3.deleteBucket({ Bucket: name }), {
    done: (_output, name) => `${name} was deleted.`,
  });
  return (
    <MoreMenu isBusy={empty.isPending || remove.isPending}>
      <Menu.Item
        color="red"
        onClick={() =>
          confirm({
            title: "Empty the bucket",
            message: "All objects and all of their versions are deleted.",
            action: "Empty",
            word: bucket,
            onConfirm: () => empty.mutate(bucket),
          })
        }
      >
        Empty
      </Menu.Item>
      <Menu.Item
        color="red"
        onClick={() =>
          confirm({
            title: "Delete the bucket",
            message: "It has to be empty.",
            action: "Delete",
            onConfirm: () => remove.mutate(bucket, { onSuccess: () => void navigate("/objects") }),
          })
        }
      >
        Delete
      </Menu.Item>
    </MoreMenu>
  );
}
