import type { AttachedPolicy } from "@aws-sdk/client-iam";
import {
  ActionIcon,
  Anchor,
  Badge,
  Button,
  Group,
  Modal,
  Select,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { allPages } from "../../api/all-pages.ts";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { confirm } from "../../ui/confirm.tsx";
import { JsonForm, prettyJson } from "../../ui/json-form.tsx";
import { Loaded } from "../../ui/states.tsx";
import { decodedDocument, examplePolicy } from "./documents.ts";
import { type HolderKind, holders } from "./holders.ts";
import { policyPath } from "./places.ts";
import { isOfAws, usePolicies } from "./policies.tsx";

interface HolderProps {
  readonly kind: HolderKind;
  readonly name: string;
}

/** Managed policies that are attached, and inline ones. */
export function Permissions({ kind, name }: HolderProps): ReactNode {
  return (
    <Stack gap="xl" maw={900}>
      <Attached kind={kind} name={name} />
      <Inline kind={kind} name={name} />
    </Stack>
  );
}

function Attached({ kind, name }: HolderProps): ReactNode {
  const holder = holders[kind];
  const attached = useAws("iam", ["attached", kind, name], (iam) =>
    allPages(async (token) => {
      const output = await holder.listAttached(iam, name, token);
      return { items: output.AttachedPolicies, next: output.Marker };
    }),
  );
  const detach = useAwsAction("iam", (iam, arn: string) => holder.detach(iam, name, arn));
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        Attached policies
      </Title>
      <Loaded of={attached}>
        {(policies) => (
          <>
            {policies.length === 0 && <Nothing />}
            <Table verticalSpacing={4}>
              <Table.Tbody>
                {policies.map((policy) => (
                  <AttachedRow
                    key={policy.PolicyArn}
                    policy={policy}
                    onDetach={() => detach.mutate(policy.PolicyArn ?? "")}
                  />
                ))}
              </Table.Tbody>
            </Table>
            <AttachForm kind={kind} name={name} attached={policies} />
          </>
        )}
      </Loaded>
    </Stack>
  );
}

interface AttachedRowProps {
  readonly policy: AttachedPolicy;
  readonly onDetach: () => void;
}

function AttachedRow({ policy, onDetach }: AttachedRowProps): ReactNode {
  const { PolicyArn = "", PolicyName } = policy;
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          <Anchor component={Link} to={policyPath(PolicyArn)} size="sm">
            {PolicyName}
          </Anchor>
          {isOfAws(PolicyArn) && (
            <Badge size="sm" variant="light" color="gray">
              AWS
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td w={50}>
        <ActionIcon variant="subtle" color="gray" aria-label={`Detach ${PolicyName}`} onClick={onDetach}>
          <IconTrash size={16} />
        </ActionIcon>
      </Table.Td>
    </Table.Tr>
  );
}

interface AttachFormProps extends HolderProps {
  readonly attached: readonly AttachedPolicy[];
}

const shownPolicies = 60;

function AttachForm({ kind, name, attached }: AttachFormProps): ReactNode {
  const policies = usePolicies("All");
  const [arn, setArn] = useState<string | null>(null);
  const attach = useAwsAction("iam", (iam, chosen: string) => holders[kind].attach(iam, name, chosen), {
    done: () => "The policy is attached.",
  });
  const known = new Set(attached.map(({ PolicyArn }) => PolicyArn));
  const data = (policies.data ?? [])
    .filter(({ Arn }) => !known.has(Arn))
    .map(({ Arn = "", PolicyName = "" }) => ({ value: Arn, label: PolicyName }));
  return (
    <Group gap="xs">
      <Select
        size="xs"
        flex={1}
        searchable
        aria-label="Policy to attach"
        placeholder="Policy to attach"
        limit={shownPolicies}
        data={data}
        value={arn}
        onChange={setArn}
      />
      <Button
        size="xs"
        variant="default"
        disabled={arn === null}
        loading={attach.isPending}
        onClick={() => arn !== null && attach.mutate(arn, { onSuccess: () => setArn(null) })}
      >
        Attach
      </Button>
    </Group>
  );
}

function Nothing(): ReactNode {
  return (
    <Text size="sm" c="dimmed">
      None.
    </Text>
  );
}

function Inline({ kind, name }: HolderProps): ReactNode {
  const holder = holders[kind];
  const [open, setOpen] = useState<string | undefined>(undefined);
  const [isAdding, add] = useDisclosure(false);
  const names = useAws("iam", ["inline", kind, name], (iam) =>
    allPages(async (token) => {
      const output = await holder.listInline(iam, name, token);
      return { items: output.PolicyNames, next: output.Marker };
    }),
  );
  return (
    <Stack gap="xs" align="stretch">
      <Title order={3} size="h5">
        Inline policies
      </Title>
      <Loaded of={names}>
        {(policies) => (
          <>
            {policies.length === 0 && <Nothing />}
            {policies.map((policy) => (
              <Group key={policy}>
                <Anchor component="button" type="button" size="sm" onClick={() => setOpen(policy)}>
                  {policy}
                </Anchor>
              </Group>
            ))}
          </>
        )}
      </Loaded>
      <Group>
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={add.open}>
          Add inline policy
        </Button>
      </Group>
      <Modal opened={open !== undefined} onClose={() => setOpen(undefined)} title={open} size="xl">
        {open !== undefined && (
          <InlinePolicy kind={kind} name={name} policy={open} onClose={() => setOpen(undefined)} />
        )}
      </Modal>
      <Modal opened={isAdding} onClose={add.close} title="An inline policy" size="xl">
        <NewInlinePolicy kind={kind} name={name} onClose={add.close} />
      </Modal>
    </Stack>
  );
}

interface InlinePolicyProps extends HolderProps {
  readonly policy: string;
  readonly onClose: () => void;
}

function InlinePolicy({ kind, name, policy, onClose }: InlinePolicyProps): ReactNode {
  const holder = holders[kind];
  const document = useAws("iam", ["inline", kind, name, policy], async (iam) => {
    const { PolicyDocument } = await holder.getInline(iam, name, policy);
    return prettyJson(decodedDocument(PolicyDocument));
  });
  const save = useAwsAction("iam", (iam, text: string) => holder.putInline(iam, name, policy, text), {
    done: () => `${policy}: saved.`,
  });
  const remove = useAwsAction("iam", (iam, chosen: string) => holder.deleteInline(iam, name, chosen), {
    done: () => `${policy} was deleted.`,
  });
  return (
    <Loaded of={document}>
      {(text) => (
        <JsonForm
          label={policy}
          value={text}
          height="420px"
          isBusy={save.isPending || remove.isPending}
          onSave={(edited) => save.mutate(edited, { onSuccess: onClose })}
          onDelete={() =>
            confirm({
              title: "Delete the policy",
              message: `${name} loses what ${policy} allows.`,
              action: "Delete",
              onConfirm: () => remove.mutate(policy, { onSuccess: onClose }),
            })
          }
        />
      )}
    </Loaded>
  );
}

function NewInlinePolicy({ kind, name, onClose }: Omit<InlinePolicyProps, "policy">): ReactNode {
  const [policy, setPolicy] = useState("");
  const save = useAwsAction("iam", (iam, text: string) => holders[kind].putInline(iam, name, policy, text), {
    done: () => `${policy}: saved.`,
  });
  return (
    <Stack gap="sm">
      <TextInput
        data-autofocus
        required
        label="Name"
        value={policy}
        onChange={(event) => setPolicy(event.currentTarget.value.trim())}
      />
      <JsonForm
        label="Policy"
        value=""
        example={examplePolicy}
        height="360px"
        isBusy={save.isPending}
        onSave={(text) => save.mutate(text, { onSuccess: onClose })}
      />
    </Stack>
  );
}
