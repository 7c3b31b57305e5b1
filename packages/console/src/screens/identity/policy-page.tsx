import type { PolicyVersion } from "@aws-sdk/client-iam";
import { Anchor, Badge, Button, Group, Select, Stack, Table, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { allPages } from "../../api/all-pages.ts";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { DeleteButton } from "../../ui/confirm-button.tsx";
import { timeText } from "../../ui/format.ts";
import { JsonEditor, JsonForm, prettyJson } from "../../ui/json-form.tsx";
import { Page } from "../../ui/page.tsx";
import { PageTabs } from "../../ui/page-tabs.tsx";
import { Loaded } from "../../ui/states.tsx";
import { decodedDocument } from "./documents.ts";
import { groupPath, rolePath, userPath } from "./places.ts";
import { isOfAws } from "./policies.tsx";

const home = "/identity?tab=policies";

/** A managed policy: its versions, of which one counts, and who has it. */
export function PolicyPage(): ReactNode {
  const [search] = useSearchParams();
  const arn = search.get("arn") ?? "";
  const policy = useAws(
    "iam",
    ["policy", arn],
    async (iam) => (await iam.getPolicy({ PolicyArn: arn })).Policy,
  );
  const navigate = useNavigate();
  const remove = useAwsAction("iam", (iam, PolicyArn: string) => iam.deletePolicy({ PolicyArn }), {
    done: () => "The policy was deleted.",
  });
  return (
    <Page
      title={policy.data?.PolicyName ?? arn.split("/").at(-1) ?? arn}
      badge={
        isOfAws(arn) && (
          <Badge size="sm" variant="light" color="gray">
            AWS
          </Badge>
        )
      }
      lead={policy.data?.Description ?? arn}
      crumbs={[
        { label: "Identity", to: "/identity" },
        { label: "Policies", to: home },
      ]}
      fills
      actions={
        !isOfAws(arn) && (
          <DeleteButton
            title="Delete the policy"
            message="IAM wants it to be detached, and its other versions deleted, first."
            isBusy={remove.isPending}
            onConfirm={() => remove.mutate(arn, { onSuccess: () => void navigate(home) })}
          />
        )
      }
    >
      <PageTabs
        own={["version"]}
        tabs={[
          { value: "document", label: "Document", content: () => <Versions arn={arn} /> },
          { value: "attached", label: "Attached to", content: () => <AttachedTo arn={arn} /> },
        ]}
      />
    </Page>
  );
}

function Versions({ arn }: { readonly arn: string }): ReactNode {
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const versions = useAws("iam", ["policy-versions", arn], async (iam) => {
    const { Versions: found = [] } = await iam.listPolicyVersions({ PolicyArn: arn });
    return found;
  });
  return (
    <Loaded of={versions}>
      {(found) => {
        const current =
          found.find(({ VersionId }) => VersionId === chosen) ??
          found.find(({ IsDefaultVersion }) => IsDefaultVersion === true);
        if (current === undefined) return undefined;
        return (
          <Stack maw={960} gap="sm">
            <VersionBar arn={arn} versions={found} current={current} onChoose={setChosen} />
            <VersionDocument arn={arn} id={current.VersionId ?? ""} onSaved={() => setChosen(undefined)} />
          </Stack>
        );
      }}
    </Loaded>
  );
}

interface VersionBarProps {
  readonly arn: string;
  readonly versions: readonly PolicyVersion[];
  readonly current: PolicyVersion;
  readonly onChoose: (id: string | undefined) => void;
}

function VersionBar({ arn, versions, current, onChoose }: VersionBarProps): ReactNode {
  const place = { PolicyArn: arn, VersionId: current.VersionId ?? "" };
  const makeDefault = useAwsAction("iam", (iam, _input: undefined) => iam.setDefaultPolicyVersion(place), {
    done: () => `${place.VersionId} counts now.`,
  });
  const remove = useAwsAction("iam", (iam, _input: undefined) => iam.deletePolicyVersion(place), {
    done: () => `${place.VersionId} was deleted.`,
  });
  return (
    <Group gap="xs">
      <Select
        size="xs"
        w={320}
        aria-label="Version"
        allowDeselect={false}
        data={versions.map(({ VersionId = "", CreateDate, IsDefaultVersion }) => ({
          value: VersionId,
          label: `${VersionId}, ${timeText(CreateDate)}${IsDefaultVersion === true ? ", the one that counts" : ""}`,
        }))}
        value={current.VersionId ?? null}
        onChange={(id) => onChoose(id ?? undefined)}
      />
      {current.IsDefaultVersion !== true && (
        <>
          <Button
            size="xs"
            variant="default"
            loading={makeDefault.isPending}
            onClick={() => makeDefault.mutate(undefined)}
          >
            Make it count
          </Button>
          <Button
            size="xs"
            variant="subtle"
            color="red"
            loading={remove.isPending}
            onClick={() => remove.mutate(undefined, { onSuccess: () => onChoose(undefined) })}
          >
            Delete version
          </Button>
        </>
      )}
    </Group>
  );
}

interface VersionDocumentProps {
  readonly arn: string;
  readonly id: string;
  readonly onSaved: () => void;
}

function VersionDocument({ arn, id, onSaved }: VersionDocumentProps): ReactNode {
  const document = useAws("iam", ["policy-document", arn, id], async (iam) => {
    const { PolicyVersion: version } = await iam.getPolicyVersion({ PolicyArn: arn, VersionId: id });
    return prettyJson(decodedDocument(version?.Document));
  });
  const save = useAwsAction(
    "iam",
    (iam, PolicyDocument: string) =>
      iam.createPolicyVersion({ PolicyArn: arn, PolicyDocument, SetAsDefault: true }),
    { done: ({ PolicyVersion: version }) => `${version?.VersionId} was made and counts.` },
  );
  return (
    <Loaded of={document}>
      {(text) =>
        isOfAws(arn) ? (
          <JsonEditor label="Policy" value={text} height="min(60vh, 560px)" />
        ) : (
          <JsonForm
            label="Policy"
            value={text}
            height="min(56vh, 520px)"
            saveLabel="Save as a new version"
            isBusy={save.isPending}
            onSave={(edited) => save.mutate(edited, { onSuccess: onSaved })}
          />
        )
      }
    </Loaded>
  );
}

interface Attachment {
  readonly kind: "user" | "group" | "role";
  readonly name: string;
}

const paths = { user: userPath, group: groupPath, role: rolePath } as const;

function AttachedTo({ arn }: { readonly arn: string }): ReactNode {
  const attached = useAws("iam", ["attached-to", arn], (iam) =>
    allPages(async (Marker) => {
      const output = await iam.listEntitiesForPolicy({ PolicyArn: arn, Marker });
      const items: readonly Attachment[] = [
        ...(output.PolicyUsers ?? []).map(({ UserName = "" }) => ({ kind: "user" as const, name: UserName })),
        ...(output.PolicyGroups ?? []).map(({ GroupName = "" }) => ({
          kind: "group" as const,
          name: GroupName,
        })),
        ...(output.PolicyRoles ?? []).map(({ RoleName = "" }) => ({ kind: "role" as const, name: RoleName })),
      ];
      return { items, next: output.Marker };
    }),
  );
  return (
    <Loaded of={attached}>
      {(items) =>
        items.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nobody has it.
          </Text>
        ) : (
          <Table maw={600} verticalSpacing={4}>
            <Table.Tbody>
              {items.map(({ kind, name }) => (
                <Table.Tr key={`${kind} ${name}`}>
                  <Table.Td w={80} c="dimmed">
                    {kind}
                  </Table.Td>
                  <Table.Td>
                    <Anchor component={Link} to={paths[kind](name)} size="sm">
                      {name}
                    </Anchor>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )
      }
    </Loaded>
  );
}
