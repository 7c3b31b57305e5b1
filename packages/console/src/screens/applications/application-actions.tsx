import type { ApplicationDetail } from "@aws-sdk/client-kinesis-analytics-v2";
import { Button, Group, Menu } from "@mantine/core";
import { IconChevronDown, IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { useAwsAction } from "../../api/queries.ts";
import { confirm } from "../../ui/confirm.tsx";
import { MoreMenu } from "../../ui/more-menu.tsx";
import { isChanging, isRunning, isSqlRuntime } from "./use-application.ts";

/** Start, stop, roll back, delete: what the state allows. */
export function ApplicationActions({ detail }: { readonly detail: ApplicationDetail }): ReactNode {
  const { ApplicationStatus: status, RuntimeEnvironment: runtime } = detail;
  if (isRunning(status)) return <Running detail={detail} />;
  return (
    <Group gap="xs" wrap="nowrap">
      <StartButton detail={detail} isDisabled={isChanging(status)} isSql={isSqlRuntime(runtime)} />
      <More detail={detail} />
    </Group>
  );
}

interface StartProps {
  readonly detail: ApplicationDetail;
  readonly isDisabled: boolean;
  readonly isSql: boolean;
}

function StartButton({ detail, isDisabled, isSql }: StartProps): ReactNode {
  const ApplicationName = detail.ApplicationName ?? "";
  const start = useAwsAction("kinesis-analytics-v2", (client, restore: "latest" | "none" | "sql") =>
    client.startApplication({
      ApplicationName,
      RunConfiguration:
        restore === "sql"
          ? {
              SqlRunConfigurations: inputsOf(detail).map((InputId) => ({
                InputId,
                InputStartingPositionConfiguration: { InputStartingPosition: "TRIM_HORIZON" },
              })),
            }
          : {
              ApplicationRestoreConfiguration: {
                ApplicationRestoreType:
                  restore === "latest" ? "RESTORE_FROM_LATEST_SNAPSHOT" : "SKIP_RESTORE_FROM_SNAPSHOT",
              },
            },
    }),
  );
  return (
    <Group gap={0} wrap="nowrap">
      <Button
        size="xs"
        leftSection={<IconPlayerPlay size={14} />}
        disabled={isDisabled}
        loading={start.isPending}
        onClick={() => start.mutate(isSql ? "sql" : "latest")}
      >
        Start
      </Button>
      {!isSql && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="xs" px={6} ml={1} disabled={isDisabled} aria-label="More ways to start">
              <IconChevronDown size={14} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => start.mutate("latest")}>From the latest snapshot</Menu.Item>
            <Menu.Item onClick={() => start.mutate("none")}>Without state</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  );
}

function inputsOf(detail: ApplicationDetail): readonly string[] {
  const sql = detail.ApplicationConfigurationDescription?.SqlApplicationConfigurationDescription;
  return sql?.InputDescriptions?.map(({ InputId }) => InputId ?? "") ?? [];
}

function Running({ detail }: { readonly detail: ApplicationDetail }): ReactNode {
  const ApplicationName = detail.ApplicationName ?? "";
  const isSql = isSqlRuntime(detail.RuntimeEnvironment);
  const stop = useAwsAction("kinesis-analytics-v2", (client, force: boolean) =>
    client.stopApplication({ ApplicationName, ...(force && { Force: true }) }),
  );
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        size="xs"
        color="red"
        variant="light"
        leftSection={<IconPlayerStop size={14} />}
        loading={stop.isPending}
        disabled={detail.ApplicationStatus !== "RUNNING"}
        onClick={() => stop.mutate(false)}
      >
        Stop
      </Button>
      <More detail={detail}>
        {!isSql && (
          <Menu.Item
            onClick={() =>
              confirm({
                title: `Stop ${ApplicationName} by force?`,
                message:
                  "No snapshot is taken: what the job has seen since the last one is read again at the next start.",
                action: "Stop",
                onConfirm: () => stop.mutate(true),
              })
            }
          >
            Stop without a snapshot
          </Menu.Item>
        )}
      </More>
    </Group>
  );
}

function More({
  detail,
  children,
}: {
  readonly detail: ApplicationDetail;
  readonly children?: ReactNode;
}): ReactNode {
  const navigate = useNavigate();
  const { ApplicationName = "", ApplicationVersionId: version = 1, CreateTimestamp } = detail;
  const rollback = useAwsAction(
    "kinesis-analytics-v2",
    (client) => client.rollbackApplication({ ApplicationName, CurrentApplicationVersionId: version }),
    { done: () => "The version before is taken again." },
  );
  const remove = useAwsAction(
    "kinesis-analytics-v2",
    (client) => client.deleteApplication({ ApplicationName, CreateTimestamp }),
    { done: () => `${ApplicationName} is being deleted.` },
  );
  return (
    <MoreMenu>
      {children}
      <Menu.Item disabled={version < 2} onClick={() => rollback.mutate(undefined)}>
        Roll back to the version before
      </Menu.Item>
      <Menu.Item
        color="red"
        onClick={() =>
          confirm({
            title: `Delete ${ApplicationName}?`,
            message: "Its code, its configuration and its snapshots are lost.",
            action: "Delete",
            word: ApplicationName,
            onConfirm: () => remove.mutate(undefined, { onSuccess: () => void navigate("/applications") }),
          })
        }
      >
        Delete
      </Menu.Item>
    </MoreMenu>
  );
}
