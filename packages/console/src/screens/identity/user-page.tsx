import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { DeleteButton } from "../../ui/confirm-button.tsx";
import { Page } from "../../ui/page.tsx";
import { PageTabs } from "../../ui/page-tabs.tsx";
import { Loaded } from "../../ui/states.tsx";
import { AccessKeys } from "./access-keys.tsx";
import { EntityTags } from "./entity-tags.tsx";
import { LoginProfile } from "./login-profile.tsx";
import { Permissions } from "./permissions.tsx";
import { simulatorPath } from "./places.ts";
import { UserGroups } from "./user-groups.tsx";

export function UserPage(): ReactNode {
  const { name = "" } = useParams();
  const user = useAws("iam", ["user", name], async (iam) => (await iam.getUser({ UserName: name })).User);
  return (
    <Page
      title={name}
      lead={user.data?.Arn ?? "\u00a0"}
      crumbs={[
        { label: "Identity", to: "/identity" },
        { label: "Users", to: "/identity" },
      ]}
      fills
      actions={<UserActions name={name} arn={user.data?.Arn} />}
    >
      <Loaded of={user}>
        {(data) => (
          <PageTabs
            tabs={[
              {
                value: "permissions",
                label: "Permissions",
                content: () => <Permissions kind="user" name={name} />,
              },
              { value: "groups", label: "Groups", content: () => <UserGroups user={name} /> },
              { value: "keys", label: "Access keys", content: () => <AccessKeys user={name} /> },
              {
                value: "password",
                label: "Console password",
                content: () => <LoginProfile user={name} lastUsed={data?.PasswordLastUsed} />,
              },
              {
                value: "tags",
                label: "Tags",
                content: () => (
                  <EntityTags
                    tags={data?.Tags}
                    tag={(iam, Tags) => iam.tagUser({ UserName: name, Tags })}
                    untag={(iam, TagKeys) => iam.untagUser({ UserName: name, TagKeys })}
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

interface UserActionsProps {
  readonly name: string;
  readonly arn: string | undefined;
}

function UserActions({ name, arn }: UserActionsProps): ReactNode {
  const navigate = useNavigate();
  const remove = useAwsAction("iam", (iam, UserName: string) => iam.deleteUser({ UserName }), {
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
        title="Delete the user"
        message="IAM wants its keys, policies, groups and password to be removed first."
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(name, { onSuccess: () => void navigate("/identity") })}
      />
    </Group>
  );
}
