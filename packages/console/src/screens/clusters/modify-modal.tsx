import { Button, Checkbox, Modal, PasswordInput, Select, Stack, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { ErrorAlert } from "../../ui/states.tsx";
import type { ClusterModalProps } from "./resize-modal.tsx";

/** What can be changed of a cluster that is there. */
export function ModifyModal({ cluster, isOpen, onClose }: ClusterModalProps): ReactNode {
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Modify ${cluster.ClusterIdentifier}`}>
      {isOpen && <Form cluster={cluster} onClose={onClose} />}
    </Modal>
  );
}

function Form({ cluster, onClose }: Omit<ClusterModalProps, "isOpen">): ReactNode {
  const { ClusterIdentifier } = cluster;
  const before = {
    window: cluster.PreferredMaintenanceWindow ?? "",
    group: cluster.ClusterParameterGroups?.[0]?.ParameterGroupName ?? "",
    routing: cluster.EnhancedVpcRouting === true,
  };
  const [password, setPassword] = useState("");
  const [window, setWindow] = useState(before.window);
  const [group, setGroup] = useState(before.group);
  const [routing, setRouting] = useState(before.routing);
  const groups = useAws("redshift", ["parameterGroups"], async (redshift) => {
    const { ParameterGroups = [] } = await redshift.describeClusterParameterGroups({});
    return ParameterGroups.map(({ ParameterGroupName = "" }) => ParameterGroupName);
  });
  const modify = useAwsAction(
    "redshift",
    (redshift) =>
      redshift.modifyCluster({
        ClusterIdentifier,
        ...(password !== "" && { MasterUserPassword: password }),
        ...(window !== before.window && { PreferredMaintenanceWindow: window }),
        ...(group !== before.group && { ClusterParameterGroupName: group }),
        ...(routing !== before.routing && { EnhancedVpcRouting: routing }),
      }),
    { done: () => `${ClusterIdentifier} is modified.` },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        modify.mutate(undefined, { onSuccess: onClose });
      }}
    >
      <Stack gap="sm">
        <PasswordInput
          label="New password of the admin user"
          placeholder="unchanged"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Select
          label="Parameter group"
          description="Is taken with the next reboot"
          allowDeselect={false}
          data={[...new Set([...(groups.data ?? []), group])]}
          value={group}
          onChange={(value) => value !== null && setGroup(value)}
        />
        <TextInput
          label="Maintenance window"
          description="ddd:hh24:mi-ddd:hh24:mi; it is kept and shown: there is no maintenance here"
          value={window}
          onChange={(event) => setWindow(event.currentTarget.value)}
        />
        <Checkbox
          label="Enhanced VPC routing of COPY and UNLOAD"
          checked={routing}
          onChange={(event) => setRouting(event.currentTarget.checked)}
        />
        {modify.error !== null && <ErrorAlert error={modify.error} />}
        <Button type="submit" loading={modify.isPending}>
          Modify
        </Button>
      </Stack>
    </form>
  );
}
