import type { Cluster } from "@aws-sdk/client-redshift";
import { Button, Checkbox, Modal, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAwsAction } from "../../api/queries.ts";
import { ErrorAlert } from "../../ui/states.tsx";
import { NodeFields } from "./create-modal.tsx";

export interface ClusterModalProps {
  readonly cluster: Cluster;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Other nodes for a cluster; its rows are dealt out anew. */
export function ResizeModal({ cluster, isOpen, onClose }: ClusterModalProps): ReactNode {
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Resize ${cluster.ClusterIdentifier}`}>
      {isOpen && <Form cluster={cluster} onClose={onClose} />}
    </Modal>
  );
}

function Form({ cluster, onClose }: Omit<ClusterModalProps, "isOpen">): ReactNode {
  const { ClusterIdentifier, NodeType = "", NumberOfNodes = 1 } = cluster;
  const [draft, setDraft] = useState({ nodeType: NodeType, nodes: NumberOfNodes, isClassic: false });
  const resize = useAwsAction(
    "redshift",
    (redshift) =>
      redshift.resizeCluster({
        ClusterIdentifier,
        NodeType: draft.nodeType,
        ClusterType: draft.nodes === 1 ? "single-node" : "multi-node",
        NumberOfNodes: draft.nodes,
        Classic: draft.isClassic,
      }),
    { done: () => `${ClusterIdentifier} is being resized.` },
  );
  return (
    <Stack gap="sm">
      <NodeFields {...draft} onChange={(change) => setDraft((before) => ({ ...before, ...change }))} />
      <Checkbox
        label="Classic resize (an elastic one otherwise)"
        checked={draft.isClassic}
        onChange={(event) => {
          const isClassic = event.currentTarget.checked;
          setDraft((before) => ({ ...before, isClassic }));
        }}
      />
      <Text size="xs" c="dimmed">
        Each node has its type's number of slices, and all rows are dealt out anew.
      </Text>
      {resize.error !== null && <ErrorAlert error={resize.error} />}
      <Button loading={resize.isPending} onClick={() => resize.mutate(undefined, { onSuccess: onClose })}>
        Resize
      </Button>
    </Stack>
  );
}
