import type { Cluster } from "@aws-sdk/client-redshift";
import { Button, Group, Menu } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { Link, useNavigate } from "react-router";
import { useAwsAction } from "../../api/queries.ts";
import { confirm } from "../../ui/confirm.tsx";
import { MoreMenu } from "../../ui/more-menu.tsx";
import { ModifyModal } from "./modify-modal.tsx";
import { ResizeModal } from "./resize-modal.tsx";

type Opened = "resize" | "modify" | undefined;

/** Pause, resume, resize, modify, reboot, delete: what the state allows. */
export function ClusterActions({ cluster }: { readonly cluster: Cluster }): ReactNode {
  const [opened, setOpened] = useState<Opened>();
  const { ClusterIdentifier: name = "", ClusterStatus: status } = cluster;
  const isAvailable = status === "available";
  const reboot = useAwsAction("redshift", (redshift) => redshift.rebootCluster({ ClusterIdentifier: name }));
  const askDelete = useDelete(name);
  return (
    <Group gap="xs" wrap="nowrap">
      {isAvailable && (
        <Button
          size="xs"
          variant="default"
          component={Link}
          to={`/query?${new URLSearchParams({ cluster: name, sql: "select * from svv_table_info;" })}`}
        >
          Query
        </Button>
      )}
      <PauseButton name={name} status={status} />
      <MoreMenu>
        <Menu.Item disabled={!isAvailable} onClick={() => setOpened("resize")}>
          Resize
        </Menu.Item>
        <Menu.Item disabled={!isAvailable} onClick={() => setOpened("modify")}>
          Modify
        </Menu.Item>
        <Menu.Item
          disabled={!isAvailable}
          onClick={() =>
            confirm({
              title: `Reboot ${name}?`,
              message: "Sessions end. Changes of parameters that wait for it are taken.",
              action: "Reboot",
              onConfirm: () => reboot.mutate(undefined),
            })
          }
        >
          Reboot
        </Menu.Item>
        <Menu.Item color="red" onClick={askDelete}>
          Delete
        </Menu.Item>
      </MoreMenu>
      <ResizeModal cluster={cluster} isOpen={opened === "resize"} onClose={() => setOpened(undefined)} />
      <ModifyModal cluster={cluster} isOpen={opened === "modify"} onClose={() => setOpened(undefined)} />
    </Group>
  );
}

interface PauseButtonProps {
  readonly name: string;
  readonly status: string | undefined;
}

/** Resumes a cluster that is paused, pauses any other. */
function PauseButton({ name, status }: PauseButtonProps): ReactNode {
  const pause = useAwsAction("redshift", (redshift) => redshift.pauseCluster({ ClusterIdentifier: name }));
  const resume = useAwsAction("redshift", (redshift) => redshift.resumeCluster({ ClusterIdentifier: name }));
  if (status === "paused")
    return (
      <Button
        size="xs"
        leftSection={<IconPlayerPlay size={14} />}
        loading={resume.isPending}
        onClick={() => resume.mutate(undefined)}
      >
        Resume
      </Button>
    );
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPlayerPause size={14} />}
      disabled={status !== "available"}
      loading={pause.isPending}
      onClick={() =>
        confirm({
          title: `Pause ${name}?`,
          message: "Connections end and new ones are refused until it is resumed. Its data stay.",
          action: "Pause",
          onConfirm: () => pause.mutate(undefined),
        })
      }
    >
      Pause
    </Button>
  );
}

/** Not a part of the menu, which is gone when the answer comes. */
function useDelete(name: string): () => void {
  const navigate = useNavigate();
  const remove = useAwsAction(
    "redshift",
    (redshift) => redshift.deleteCluster({ ClusterIdentifier: name, SkipFinalClusterSnapshot: true }),
    { done: () => `${name} is being deleted.` },
  );
  return () =>
    confirm({
      title: `Delete ${name}?`,
      message: "All of its databases are lost. No final snapshot is taken.",
      action: "Delete",
      word: name,
      onConfirm: () => remove.mutate(undefined, { onSuccess: () => void navigate("/clusters") }),
    });
}
