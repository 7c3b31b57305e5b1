import {
  Button,
  Checkbox,
  Group,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  TextInput,
} from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useNavigate } from "react-router";
import { useAwsAction } from "../../api/queries.ts";
import { ErrorAlert } from "../../ui/states.tsx";
import { useNodeTypes } from "./use-node-types.ts";

interface Draft {
  readonly name: string;
  readonly nodeType: string;
  readonly nodes: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly needsTls: boolean;
}

const first: Draft = Object.freeze({
  ...{ name: "", nodeType: "ra3.xlplus", nodes: 2, database: "dev", user: "awsuser", password: "" },
  needsTls: false,
});

export interface CreateModalProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** A new cluster. */
export function CreateModal({ isOpen, onClose }: CreateModalProps): ReactNode {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Create a cluster" size="md">
      {isOpen && <Form onClose={onClose} />}
    </Modal>
  );
}

function Form({ onClose }: Pick<CreateModalProps, "onClose">): ReactNode {
  const [draft, setDraft] = useState(first);
  const navigate = useNavigate();
  const create = useAwsAction(
    "redshift",
    (redshift) =>
      redshift.createCluster({
        ClusterIdentifier: draft.name,
        NodeType: draft.nodeType,
        ClusterType: draft.nodes === 1 ? "single-node" : "multi-node",
        ...(draft.nodes > 1 && { NumberOfNodes: draft.nodes }),
        DBName: draft.database,
        MasterUsername: draft.user,
        MasterUserPassword: draft.password,
        ...(!draft.needsTls && { ClusterParameterGroupName: "default.redshift-1.0" }),
      }),
    { done: () => `${draft.name} is being created.` },
  );
  const change = (next: Partial<Draft>): void => setDraft((before) => ({ ...before, ...next }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(undefined, {
          onSuccess: () => {
            onClose();
            void navigate(`/clusters/${draft.name}`);
          },
        });
      }}
    >
      <Stack gap="sm">
        <TextInput
          data-autofocus
          required
          label="Identifier"
          placeholder="sales"
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value.trim().toLowerCase() })}
        />
        <NodeFields nodeType={draft.nodeType} nodes={draft.nodes} onChange={change} />
        <AccessFields draft={draft} onChange={change} />
        {create.error !== null && <ErrorAlert error={create.error} />}
        <Button type="submit" loading={create.isPending}>
          Create
        </Button>
      </Stack>
    </form>
  );
}

interface AccessFieldsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

/** The first database, who may do everything in it, and how clients come in. */
function AccessFields({ draft, onChange }: AccessFieldsProps): ReactNode {
  return (
    <>
      <Group grow align="flex-start">
        <TextInput
          required
          label="Database"
          value={draft.database}
          onChange={(event) => onChange({ database: event.currentTarget.value.trim() })}
        />
        <TextInput
          required
          label="Admin user"
          value={draft.user}
          onChange={(event) => onChange({ user: event.currentTarget.value.trim() })}
        />
      </Group>
      <PasswordInput
        required
        label="Password"
        description="8 to 64 characters, with an upper-case letter, a lower-case letter and a digit"
        autoComplete="new-password"
        value={draft.password}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
      />
      <Checkbox
        label="Connections need TLS (parameter group default.redshift-2.0)"
        checked={draft.needsTls}
        onChange={(event) => onChange({ needsTls: event.currentTarget.checked })}
      />
    </>
  );
}

export interface NodeFieldsProps {
  readonly nodeType: string;
  readonly nodes: number;
  readonly onChange: (change: { readonly nodeType?: string; readonly nodes?: number }) => void;
}

/** What a cluster is made of. */
export function NodeFields({ nodeType, nodes, onChange }: NodeFieldsProps): ReactNode {
  const types = useNodeTypes();
  const known = types.includes(nodeType) ? types : [nodeType, ...types];
  return (
    <Group grow align="flex-start">
      <Select
        label="Node type"
        allowDeselect={false}
        data={known}
        value={nodeType}
        onChange={(value) => value !== null && onChange({ nodeType: value })}
      />
      <NumberInput
        label="Nodes"
        min={1}
        max={128}
        clampBehavior="strict"
        value={nodes}
        onChange={(value) => onChange({ nodes: Number(value) || 1 })}
      />
    </Group>
  );
}
