import { Button, Group, Select, Stack, Switch, Tabs, Text, TextInput, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useSearchParams } from "react-router";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { confirm } from "../../ui/confirm.tsx";
import { bytesText, countText } from "../../ui/format.ts";
import { JsonForm } from "../../ui/json-form.tsx";
import { Loaded } from "../../ui/states.tsx";
import { type EncryptionRule, useEncryption, useVersioning } from "./bucket-facts.tsx";
import { S3Tags } from "./s3-tags.tsx";
import { documentSettings, orAbsent, type Setting } from "./settings.ts";

interface BucketProps {
  readonly bucket: string;
}

/** Everything that is configured on a bucket, each part with an address of its own. */
export function BucketSettings({ bucket }: BucketProps): ReactNode {
  const [search, setSearch] = useSearchParams();
  const current = search.get("setting") ?? "general";
  const choose = (value: string | null): void =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      next.set("setting", value ?? "general");
      return next;
    });
  return (
    <Tabs
      orientation="vertical"
      variant="pills"
      value={current}
      onChange={choose}
      keepMounted={false}
      styles={{ tabLabel: { textAlign: "left" } }}
    >
      <Tabs.List miw={150} mr="lg">
        <Tabs.Tab value="general">General</Tabs.Tab>
        <Tabs.Tab value="tags">Tags</Tabs.Tab>
        {documentSettings.map(({ id, title }) => (
          <Tabs.Tab key={id} value={id}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="general">
        <Stack gap="xl" maw={560}>
          <Versioning bucket={bucket} />
          <Encryption bucket={bucket} />
          <Size bucket={bucket} />
        </Stack>
      </Tabs.Panel>
      <Tabs.Panel value="tags">
        <Tags bucket={bucket} />
      </Tabs.Panel>
      {documentSettings.map((setting) => (
        <Tabs.Panel key={setting.id} value={setting.id}>
          <DocumentSetting bucket={bucket} setting={setting} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function DocumentSetting({ bucket, setting }: BucketProps & { readonly setting: Setting }): ReactNode {
  const { id, title, hint, example, read, write, remove } = setting;
  const document = useAws("s3", ["setting", id, bucket], async (s3) => (await read(s3, bucket)) ?? null);
  const save = useAwsAction("s3", (s3, text: string) => write(s3, bucket, JSON.parse(text) as object), {
    done: () => `${title}: saved.`,
  });
  const discard = useAwsAction("s3", async (s3, _input: undefined) => remove?.(s3, bucket), {
    done: () => `${title}: deleted.`,
  });
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {hint}
      </Text>
      <Loaded of={document}>
        {(kept) => (
          <JsonForm
            label={title}
            height="min(52vh, 480px)"
            value={kept === null ? "" : JSON.stringify(kept, undefined, 2)}
            example={JSON.stringify(example, undefined, 2).replaceAll("BUCKET", bucket)}
            isBusy={save.isPending || discard.isPending}
            onSave={(text) => save.mutate(text)}
            {...(remove && {
              onDelete: () =>
                confirm({
                  title: `Delete: ${title}`,
                  message: "The whole document goes.",
                  action: "Delete",
                  onConfirm: () => discard.mutate(undefined),
                }),
            })}
          />
        )}
      </Loaded>
    </Stack>
  );
}

function Versioning({ bucket }: BucketProps): ReactNode {
  const versioning = useVersioning(bucket);
  const change = useAwsAction("s3", (s3, Status: "Enabled" | "Suspended") =>
    s3.putBucketVersioning({ Bucket: bucket, VersioningConfiguration: { Status } }),
  );
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        Versions
      </Title>
      <Loaded of={versioning}>
        {(status) => (
          <Switch
            label="Keep earlier versions of objects"
            description={status === "Suspended" ? "Suspended: versions that are there are kept." : undefined}
            checked={status === "Enabled"}
            disabled={change.isPending}
            onChange={(event) => change.mutate(event.currentTarget.checked ? "Enabled" : "Suspended")}
          />
        )}
      </Loaded>
    </Stack>
  );
}

function Encryption({ bucket }: BucketProps): ReactNode {
  const encryption = useEncryption(bucket);
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        Encryption of new objects
      </Title>
      <Loaded of={encryption}>
        {(rule) => <EncryptionForm key={JSON.stringify(rule)} bucket={bucket} rule={rule} />}
      </Loaded>
    </Stack>
  );
}

function EncryptionForm({ bucket, rule }: BucketProps & { readonly rule: EncryptionRule }): ReactNode {
  const [edited, setEdited] = useState(rule);
  const keys = useAws("kms", ["keys"], async (kms) => {
    const { Keys = [] } = await kms.listKeys({ Limit: 1_000 });
    return Keys.map(({ KeyArn = "" }) => KeyArn);
  });
  const save = useAwsAction(
    "s3",
    (s3, { algorithm, keyId, hasBucketKey }: EncryptionRule) => {
      const isKms = algorithm === "aws:kms";
      const byDefault = {
        SSEAlgorithm: isKms ? ("aws:kms" as const) : ("AES256" as const),
        ...(isKms && keyId !== undefined && keyId !== "" && { KMSMasterKeyID: keyId }),
      };
      return s3.putBucketEncryption({
        Bucket: bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled: isKms && hasBucketKey }],
        },
      });
    },
    { done: () => "Encryption: saved." },
  );
  return (
    <Stack gap="xs">
      <Select
        aria-label="Encryption"
        allowDeselect={false}
        data={[
          ...(rule.algorithm === "none" ? [{ value: "none", label: "None" }] : []),
          { value: "AES256", label: "SSE-S3: keys of S3's own" },
          { value: "aws:kms", label: "SSE-KMS: a key of KMS" },
        ]}
        value={edited.algorithm}
        onChange={(algorithm) => setEdited({ ...edited, algorithm: algorithm ?? "AES256" })}
      />
      {edited.algorithm === "aws:kms" && (
        <>
          <TextInput
            label="Key"
            description={
              keys.data?.[0] === undefined ? "AWS's own key when empty" : `Such as ${keys.data[0]}`
            }
            value={edited.keyId ?? ""}
            onChange={(event) => setEdited({ ...edited, keyId: event.currentTarget.value })}
          />
          <Switch
            label="Bucket key: fewer calls of KMS"
            checked={edited.hasBucketKey}
            onChange={(event) => setEdited({ ...edited, hasBucketKey: event.currentTarget.checked })}
          />
        </>
      )}
      <Group justify="flex-end">
        <Button
          size="xs"
          loading={save.isPending}
          disabled={JSON.stringify(edited) === JSON.stringify(rule)}
          onClick={() => save.mutate(edited)}
        >
          Save
        </Button>
      </Group>
    </Stack>
  );
}

const maxCountedPages = 1_000;

/** S3 does not know how much is in a bucket: somebody has to list it. */
function Size({ bucket }: BucketProps): ReactNode {
  const count = useAwsAction(
    "s3",
    async (s3, _input: undefined) => {
      let objects = 0;
      let bytes = 0;
      let token: string | undefined;
      for (let page = 0; page < maxCountedPages; page++) {
        const output = await s3.listObjectsV2({ Bucket: bucket, ContinuationToken: token });
        for (const { Size: size = 0 } of output.Contents ?? []) bytes += size;
        objects += output.Contents?.length ?? 0;
        token = output.NextContinuationToken;
        if (token === undefined) break;
      }
      return `${countText(objects)} objects, ${bytesText(bytes)}${token === undefined ? "" : ", and more"}`;
    },
    { changes: [] },
  );
  return (
    <Stack gap="xs" align="flex-start">
      <Title order={3} size="h5">
        Size
      </Title>
      <Group>
        <Button size="xs" variant="default" loading={count.isPending} onClick={() => count.mutate(undefined)}>
          Count objects
        </Button>
        <Text size="sm">{count.data ?? ""}</Text>
      </Group>
    </Stack>
  );
}

function Tags({ bucket }: BucketProps): ReactNode {
  return (
    <S3Tags
      queryKey={["bucket-tags", bucket]}
      read={async (s3) => (await orAbsent(s3.getBucketTagging({ Bucket: bucket })))?.TagSet}
      save={(s3, TagSet) =>
        TagSet.length === 0
          ? s3.deleteBucketTagging({ Bucket: bucket })
          : s3.putBucketTagging({ Bucket: bucket, Tagging: { TagSet } })
      }
    />
  );
}
