import { Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { Facts } from "../../ui/facts.tsx";
import { bytesText, timeText } from "../../ui/format.ts";
import { Loaded } from "../../ui/states.tsx";
import { type Tag, TagEditor } from "../../ui/tag-editor.tsx";
import { encryptionName } from "./bucket-facts.tsx";
import type { ObjectHead, ObjectIdentity } from "./object-head.ts";

export function ObjectProperties({ head }: { readonly head: ObjectHead }): ReactNode {
  const { all, size } = head;
  const metadata = Object.entries(all.Metadata ?? {});
  const checksum = [
    ["CRC32", all.ChecksumCRC32],
    ["CRC32C", all.ChecksumCRC32C],
    ["CRC64NVME", all.ChecksumCRC64NVME],
    ["SHA-1", all.ChecksumSHA1],
    ["SHA-256", all.ChecksumSHA256],
  ].find(([, value]) => value !== undefined);
  return (
    <Stack gap="xl">
      <Facts
        items={[
          ["Size", `${bytesText(size)} (${size.toLocaleString("en-US")} bytes)`],
          ["Modified", timeText(all.LastModified)],
          ["Storage class", all.StorageClass ?? "STANDARD"],
          ["Type", all.ContentType],
          ["Content encoding", all.ContentEncoding],
          ["Content disposition", all.ContentDisposition],
          ["Cache control", all.CacheControl],
          ["ETag", <Mono key="etag" text={all.ETag} />],
          ["Checksum", checksum && <Mono key="sum" text={`${checksum[0]} ${checksum[1]}`} />],
          ["Version", all.VersionId && <Mono key="version" text={all.VersionId} />],
          ["Parts", all.PartsCount],
          [
            "Lock",
            all.ObjectLockMode && `${all.ObjectLockMode} until ${timeText(all.ObjectLockRetainUntilDate)}`,
          ],
          ["Legal hold", all.ObjectLockLegalHoldStatus],
          ["Expiration", all.Expiration],
          ["Restore", all.Restore],
        ]}
      />
      <Section title="Encryption">
        <Facts
          items={[
            [
              "How",
              all.SSECustomerAlgorithm === undefined
                ? encryptionName(all.ServerSideEncryption)
                : "SSE-C: the caller's key",
            ],
            ["Key of KMS", all.SSEKMSKeyId && <Mono key="key" text={all.SSEKMSKeyId} />],
            ["Bucket key", all.BucketKeyEnabled === true ? "yes" : undefined],
          ]}
        />
      </Section>
      <Section title="Metadata">
        {metadata.length === 0 ? (
          <Text size="sm" c="dimmed">
            None.
          </Text>
        ) : (
          <Table maw={720}>
            <Table.Tbody>
              {metadata.map(([name, value]) => (
                <Table.Tr key={name}>
                  <Table.Td w="30%">{name}</Table.Td>
                  <Table.Td style={{ overflowWrap: "anywhere" }}>{value}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Section>
    </Stack>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {title}
      </Title>
      {children}
    </Stack>
  );
}

function Mono({ text }: { readonly text: string | undefined }): ReactNode {
  return (
    <Text span size="xs" ff="monospace">
      {text}
    </Text>
  );
}

export function ObjectTags({ object }: { readonly object: ObjectIdentity }): ReactNode {
  const place = { Bucket: object.bucket, Key: object.key, VersionId: object.versionId };
  const tags = useAws("s3", ["object-tags", object], async (s3) => {
    const { TagSet = [] } = await s3.getObjectTagging(place);
    return TagSet.map(({ Key = "", Value = "" }): Tag => ({ key: Key, value: Value }));
  });
  const save = useAwsAction(
    "s3",
    (s3, edited: readonly Tag[]) => {
      const TagSet = edited.map(({ key, value }) => ({ Key: key, Value: value }));
      return s3.putObjectTagging({ ...place, Tagging: { TagSet } });
    },
    { done: () => "Tags: saved." },
  );
  return (
    <Loaded of={tags}>
      {(kept) => (
        <TagEditor
          label="Tags"
          tags={kept}
          isBusy={save.isPending}
          onSave={(edited) => save.mutate(edited)}
        />
      )}
    </Loaded>
  );
}
