import { Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Facts } from "../../ui/facts.tsx";
import { bytesText, timeText } from "../../ui/format.ts";
import { encryptionName } from "./bucket-facts.tsx";
import type { ObjectHead, ObjectIdentity } from "./object-head.ts";
import { S3Tags } from "./s3-tags.tsx";

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
  return (
    <S3Tags
      queryKey={["object-tags", object]}
      read={async (s3) => (await s3.getObjectTagging(place)).TagSet}
      save={(s3, TagSet) => s3.putObjectTagging({ ...place, Tagging: { TagSet } })}
    />
  );
}
