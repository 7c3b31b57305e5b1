import type { AccessKey, AccessKeyMetadata } from "@aws-sdk/client-iam";
import { Alert, Button, Group, Modal, Stack, Table, Text } from "@mantine/core";
import { IconAlertTriangle, IconPlus } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useConsole } from "../../api/console-context.tsx";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { CodeText } from "../../ui/code-panel.tsx";
import { RowButton } from "../../ui/confirm-button.tsx";
import { timeText } from "../../ui/format.ts";
import { Loaded } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";

/** Keys of a user; a secret is shown when it is made, and never again. */
export function AccessKeys({ user }: { readonly user: string }): ReactNode {
  const keys = useAws("iam", ["keys", user], async (iam) => {
    const { AccessKeyMetadata: found = [] } = await iam.listAccessKeys({ UserName: user });
    return found;
  });
  const [made, setMade] = useState<AccessKey | undefined>(undefined);
  const create = useAwsAction("iam", (iam, UserName: string) => iam.createAccessKey({ UserName }));
  return (
    <Stack maw={980}>
      <Loaded of={keys}>
        {(found) =>
          found.length === 0 ? (
            <Text size="sm" c="dimmed">
              {user} has no access key.
            </Text>
          ) : (
            <Table verticalSpacing={6}>
              <Table.Thead>
                <Table.Tr>
                  {["Access key", "State", "Created", "Last used", ""].map((title) => (
                    <Table.Th key={title}>{title}</Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {found.map((key) => (
                  <KeyRow key={key.AccessKeyId} user={user} accessKey={key} />
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
      <Group>
        <Button
          size="xs"
          leftSection={<IconPlus size={14} />}
          loading={create.isPending}
          onClick={() => create.mutate(user, { onSuccess: ({ AccessKey: key }) => setMade(key) })}
        >
          Create access key
        </Button>
      </Group>
      <Modal
        opened={made !== undefined}
        onClose={() => setMade(undefined)}
        title="The new access key"
        size="lg"
        closeOnClickOutside={false}
      >
        {made !== undefined && <NewKey accessKey={made} />}
      </Modal>
    </Stack>
  );
}

function NewKey({ accessKey }: { readonly accessKey: AccessKey }): ReactNode {
  const { endpoint, session } = useConsole();
  const text = [
    `export AWS_ENDPOINT_URL=${endpoint}`,
    `export AWS_DEFAULT_REGION=${session.region}`,
    `export AWS_ACCESS_KEY_ID=${accessKey.AccessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${accessKey.SecretAccessKey}`,
  ].join("\n");
  return (
    <Stack>
      <Alert icon={<IconAlertTriangle />} color="yellow">
        The secret is shown now and never again: keep it.
      </Alert>
      <CodeText text={text} />
    </Stack>
  );
}

interface KeyRowProps {
  readonly user: string;
  readonly accessKey: AccessKeyMetadata;
}

function KeyRow({ user, accessKey }: KeyRowProps): ReactNode {
  const { AccessKeyId = "", Status, CreateDate } = accessKey;
  const use = useAws("iam", ["key-use", AccessKeyId], async (iam) => {
    const { AccessKeyLastUsed } = await iam.getAccessKeyLastUsed({ AccessKeyId });
    return AccessKeyLastUsed ?? null;
  });
  const change = useAwsAction("iam", (iam, status: "Active" | "Inactive") =>
    iam.updateAccessKey({ UserName: user, AccessKeyId, Status: status }),
  );
  const remove = useAwsAction("iam", (iam, id: string) =>
    iam.deleteAccessKey({ UserName: user, AccessKeyId: id }),
  );
  const isActive = Status === "Active";
  const lastUse = use.data?.LastUsedDate;
  return (
    <Table.Tr>
      <Table.Td ff="monospace" fz="xs">
        {AccessKeyId}
      </Table.Td>
      <Table.Td>
        <StatusBadge status={Status} />
      </Table.Td>
      <Table.Td>{timeText(CreateDate)}</Table.Td>
      <Table.Td>
        {lastUse === undefined
          ? "not since the last start"
          : `${timeText(lastUse)}, ${use.data?.ServiceName}, ${use.data?.Region}`}
      </Table.Td>
      <Table.Td>
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <Button
            size="compact-xs"
            variant="subtle"
            loading={change.isPending}
            onClick={() => change.mutate(isActive ? "Inactive" : "Active")}
          >
            {isActive ? "Deactivate" : "Activate"}
          </Button>
          <RowButton
            isLoss
            title="Delete the access key"
            message="Programs that use it are refused from now on."
            action="Delete"
            onConfirm={() => remove.mutate(AccessKeyId)}
          />
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
