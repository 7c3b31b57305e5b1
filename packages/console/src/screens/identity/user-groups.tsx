import type { Group as IamGroup } from "@aws-sdk/client-iam";
import { ActionIcon, Anchor, Button, Group, Select, Stack, Table, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { allPages } from "../../api/all-pages.ts";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { Loaded } from "../../ui/states.tsx";
import { useGroups } from "./groups.tsx";
import { groupPath } from "./places.ts";

export function UserGroups({ user }: { readonly user: string }): ReactNode {
  const groups = useAws("iam", ["groups-of", user], (iam) =>
    allPages(async (Marker) => {
      const output = await iam.listGroupsForUser({ UserName: user, Marker });
      return { items: output.Groups, next: output.Marker };
    }),
  );
  const all = useGroups();
  const [chosen, setChosen] = useState<string | null>(null);
  const add = useAwsAction("iam", (iam, GroupName: string) =>
    iam.addUserToGroup({ GroupName, UserName: user }),
  );
  return (
    <Loaded of={groups}>
      {(mine) => (
        <Stack maw={700}>
          {mine.length === 0 && (
            <Text size="sm" c="dimmed">
              {user} is in no group.
            </Text>
          )}
          <GroupRows user={user} groups={mine} />
          <Group gap="xs">
            <Select
              size="xs"
              flex={1}
              searchable
              aria-label="Group to join"
              placeholder="Group to join"
              data={(all.data ?? [])
                .map(({ GroupName = "" }) => GroupName)
                .filter((name) => !mine.some(({ GroupName }) => GroupName === name))}
              value={chosen}
              onChange={setChosen}
            />
            <Button
              size="xs"
              variant="default"
              disabled={chosen === null}
              loading={add.isPending}
              onClick={() => chosen !== null && add.mutate(chosen, { onSuccess: () => setChosen(null) })}
            >
              Join
            </Button>
          </Group>
        </Stack>
      )}
    </Loaded>
  );
}

interface GroupRowsProps {
  readonly user: string;
  readonly groups: readonly IamGroup[];
}

function GroupRows({ user, groups }: GroupRowsProps): ReactNode {
  const leave = useAwsAction("iam", (iam, GroupName: string) =>
    iam.removeUserFromGroup({ GroupName, UserName: user }),
  );
  return (
    <Table verticalSpacing={4}>
      <Table.Tbody>
        {groups.map(({ GroupName = "" }) => (
          <Table.Tr key={GroupName}>
            <Table.Td>
              <Anchor component={Link} to={groupPath(GroupName)} size="sm">
                {GroupName}
              </Anchor>
            </Table.Td>
            <Table.Td w={50}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Leave ${GroupName}`}
                onClick={() => leave.mutate(GroupName)}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
