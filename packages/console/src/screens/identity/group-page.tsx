import { Anchor, Button, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { allPages } from "../../api/all-pages.ts";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { DeleteButton } from "../../ui/confirm-button.tsx";
import { Page } from "../../ui/page.tsx";
import { PageTabs } from "../../ui/page-tabs.tsx";
import { Loaded } from "../../ui/states.tsx";
import { Permissions } from "./permissions.tsx";
import { userPath } from "./places.ts";

const home = "/identity?tab=groups";

export function GroupPage(): ReactNode {
  const { name = "" } = useParams();
  const navigate = useNavigate();
  const remove = useAwsAction("iam", (iam, GroupName: string) => iam.deleteGroup({ GroupName }), {
    done: () => `${name} was deleted.`,
  });
  return (
    <Page
      title={name}
      crumbs={[
        { label: "Identity", to: "/identity" },
        { label: "Groups", to: home },
      ]}
      fills
      actions={
        <DeleteButton
          title="Delete the group"
          message="IAM wants its users and policies to be removed first."
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate(name, { onSuccess: () => void navigate(home) })}
        />
      }
    >
      <PageTabs
        tabs={[
          {
            value: "permissions",
            label: "Permissions",
            content: () => <Permissions kind="group" name={name} />,
          },
          { value: "users", label: "Users", content: () => <Members group={name} /> },
        ]}
      />
    </Page>
  );
}

function Members({ group }: { readonly group: string }): ReactNode {
  const users = useAws("iam", ["members", group], (iam) =>
    allPages(async (Marker) => {
      const output = await iam.getGroup({ GroupName: group, Marker });
      return { items: output.Users, next: output.Marker };
    }),
  );
  const remove = useAwsAction("iam", (iam, UserName: string) =>
    iam.removeUserFromGroup({ GroupName: group, UserName }),
  );
  return (
    <Loaded of={users}>
      {(members) =>
        members.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nobody is in the group. Users join on their own pages.
          </Text>
        ) : (
          <Table maw={700} verticalSpacing={4}>
            <Table.Tbody>
              {members.map(({ UserName = "" }) => (
                <Table.Tr key={UserName}>
                  <Table.Td>
                    <Anchor component={Link} to={userPath(UserName)} size="sm">
                      {UserName}
                    </Anchor>
                  </Table.Td>
                  <Table.Td ta="right">
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      color="red"
                      onClick={() => remove.mutate(UserName)}
                    >
                      Remove
                    </Button>
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
