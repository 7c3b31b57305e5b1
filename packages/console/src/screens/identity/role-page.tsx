import type { Role } from "@aws-sdk/client-iam";
import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { DeleteButton } from "../../ui/confirm-button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { durationText, timeText } from "../../ui/format.ts";
import { JsonForm, prettyJson } from "../../ui/json-form.tsx";
import { Page } from "../../ui/page.tsx";
import { PageTabs } from "../../ui/page-tabs.tsx";
import { Loaded } from "../../ui/states.tsx";
import { decodedDocument } from "./documents.ts";
import { EntityTags } from "./entity-tags.tsx";
import { Permissions } from "./permissions.tsx";
import { simulatorPath } from "./places.ts";

const home = "/identity?tab=roles";

export function RolePage(): ReactNode {
  const { name = "" } = useParams();
  const role = useAws("iam", ["role", name], async (iam) => (await iam.getRole({ RoleName: name })).Role);
  return (
    <Page
      title={name}
      lead={role.data?.Arn ?? "\u00a0"}
      crumbs={[
        { label: "Identity", to: "/identity" },
        { label: "Roles", to: home },
      ]}
      fills
      actions={<RoleActions name={name} arn={role.data?.Arn} />}
    >
      <Loaded of={role}>
        {(data) => (
          <PageTabs
            tabs={[
              {
                value: "permissions",
                label: "Permissions",
                content: () => <Permissions kind="role" name={name} />,
              },
              {
                value: "trust",
                label: "Trust policy",
                content: () => (
                  <TrustPolicy name={name} document={decodedDocument(data?.AssumeRolePolicyDocument)} />
                ),
              },
              { value: "about", label: "About", content: () => <About role={data} /> },
              {
                value: "tags",
                label: "Tags",
                content: () => (
                  <EntityTags
                    tags={data?.Tags}
                    tag={(iam, Tags) => iam.tagRole({ RoleName: name, Tags })}
                    untag={(iam, TagKeys) => iam.untagRole({ RoleName: name, TagKeys })}
                  />
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}

function About({ role }: { readonly role: Role | undefined }): ReactNode {
  const lastUse = role?.RoleLastUsed?.LastUsedDate;
  return (
    <Facts
      items={[
        ["Description", role?.Description],
        ["Created", timeText(role?.CreateDate)],
        ["Path", role?.Path],
        ["Id", role?.RoleId],
        ["Longest session", role?.MaxSessionDuration && durationText(role.MaxSessionDuration * 1_000)],
        ["Permissions boundary", role?.PermissionsBoundary?.PermissionsBoundaryArn],
        [
          "Last used",
          lastUse === undefined ? "not known" : `${timeText(lastUse)}, ${role?.RoleLastUsed?.Region}`,
        ],
      ]}
    />
  );
}

interface TrustPolicyProps {
  readonly name: string;
  readonly document: string;
}

function TrustPolicy({ name, document }: TrustPolicyProps): ReactNode {
  const save = useAwsAction(
    "iam",
    (iam, PolicyDocument: string) => iam.updateAssumeRolePolicy({ RoleName: name, PolicyDocument }),
    { done: () => "Trust policy: saved." },
  );
  return (
    <Stack gap="xs" maw={900}>
      <Text size="sm" c="dimmed">
        Who may take the role.
      </Text>
      <JsonForm
        label="Trust policy"
        height="360px"
        value={prettyJson(document)}
        isBusy={save.isPending}
        onSave={(text) => save.mutate(text)}
      />
    </Stack>
  );
}

interface RoleActionsProps {
  readonly name: string;
  readonly arn: string | undefined;
}

function RoleActions({ name, arn }: RoleActionsProps): ReactNode {
  const navigate = useNavigate();
  const remove = useAwsAction("iam", (iam, RoleName: string) => iam.deleteRole({ RoleName }), {
    done: () => `${name} was deleted.`,
  });
  return (
    <Group gap="xs" wrap="nowrap">
      {arn !== undefined && (
        <Button component={Link} to={simulatorPath(arn)} size="xs" variant="default">
          Simulate
        </Button>
      )}
      <DeleteButton
        title="Delete the role"
        message="IAM wants its policies to be removed first."
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(name, { onSuccess: () => void navigate(home) })}
      />
    </Group>
  );
}
