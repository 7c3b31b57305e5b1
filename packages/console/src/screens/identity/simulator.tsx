import type { ContextKeyTypeEnum } from "@aws-sdk/client-iam";
import {
  ActionIcon,
  Autocomplete,
  Button,
  Grid,
  Group,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { IconPlayerPlay, IconPlus, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { useAws } from "../../api/queries.ts";
import { JsonEditor } from "../../ui/json-form.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { examplePolicy } from "./documents.ts";
import { useGroups } from "./groups.tsx";
import { useRoles } from "./roles.tsx";
import { type ContextField, knownContext, linesOf, type SimulationQuestion } from "./simulation.ts";
import { SimulationResults } from "./simulation-results.tsx";
import { useUsers } from "./users.tsx";

const exampleActions = "s3:GetObject\nkinesis:PutRecord";

/** Asks IAM's engine what it would decide, without doing it. The question is in the address. */
export function Simulator(): ReactNode {
  const [search, setSearch] = useSearchParams();
  const [isCustom, setIsCustom] = useState(false);
  const [principal, setPrincipal] = useState(search.get("principal") ?? "");
  const [document, setDocument] = useState(examplePolicy);
  const [actions, setActions] = useState(search.get("actions") ?? exampleActions);
  const [resources, setResources] = useState(search.get("resources") ?? "*");
  const context = useContextFields(isCustom ? "" : principal);
  const [asked, setAsked] = useState(() => linkedQuestion(search));
  const ask = (): void => {
    setAsked({
      principal: isCustom ? "" : principal,
      document,
      actions: linesOf(actions),
      resources: linesOf(resources),
      context: context.fields,
    });
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries({ principal, actions, resources })) next.set(name, value);
        return next;
      },
      { replace: true },
    );
  };
  const isReady = linesOf(actions).length > 0 && (isCustom || principal.startsWith("arn:"));
  return (
    <Grid gap="lg" align="stretch" flex={1} mih={0}>
      <Grid.Col span={{ base: 12, md: 5, lg: 4 }}>
        <Stack gap="sm">
          <SegmentedControl
            size="xs"
            data={[
              { value: "principal", label: "Somebody's policies" },
              { value: "custom", label: "A policy of your own" },
            ]}
            value={isCustom ? "custom" : "principal"}
            onChange={(value) => setIsCustom(value === "custom")}
          />
          {isCustom ? (
            <JsonEditor label="Policy" value={document} height="220px" onChange={setDocument} />
          ) : (
            <PrincipalInput principal={principal} onChange={setPrincipal} />
          )}
          <LineInput label="Actions" value={actions} onChange={setActions} />
          <LineInput label="Resources" value={resources} onChange={setResources} />
          <ContextInput fields={context.fields} onChange={context.change} />
          <Button leftSection={<IconPlayerPlay size={14} />} disabled={!isReady} onClick={ask}>
            Simulate
          </Button>
        </Stack>
      </Grid.Col>
      <Grid.Col
        span={{ base: 12, md: 7, lg: 8 }}
        mih={320}
        style={{ display: "flex", flexDirection: "column" }}
      >
        {asked === undefined ? (
          <EmptyState title="What would IAM decide?">
            Choose whose policies decide, or write one, and what is done with what.
          </EmptyState>
        ) : (
          <SimulationResults question={asked} />
        )}
      </Grid.Col>
    </Grid>
  );
}

/** A link that has everything is answered without being asked again. */
function linkedQuestion(search: URLSearchParams): SimulationQuestion | undefined {
  const [principal, actions] = [search.get("principal"), search.get("actions")];
  if (principal === null || actions === null || !principal.startsWith("arn:")) return undefined;
  const context = Object.entries(knownContext(principal)).map(
    ([key, value]): ContextField => ({ key, type: "string", value }),
  );
  const resources = linesOf(search.get("resources") ?? "*");
  return { principal, document: "", actions: linesOf(actions), resources, context };
}

interface LineInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function LineInput({ label, value, onChange }: LineInputProps): ReactNode {
  return (
    <Textarea
      size="xs"
      autosize
      minRows={2}
      maxRows={8}
      label={label}
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface PrincipalInputProps {
  readonly principal: string;
  readonly onChange: (principal: string) => void;
}

function PrincipalInput({ principal, onChange }: PrincipalInputProps): ReactNode {
  const lists = [useUsers(), useGroups(), useRoles()];
  const arns = lists.flatMap(({ data }) => (data ?? []).map(({ Arn = "" }) => Arn));
  return (
    <Autocomplete
      size="xs"
      label="User, group or role"
      placeholder="arn:aws:iam::..."
      limit={50}
      data={[...new Set(arns)]}
      value={principal}
      onChange={onChange}
    />
  );
}

interface ContextFields {
  readonly fields: readonly ContextField[];
  readonly change: (fields: readonly ContextField[]) => void;
}

/** The keys that a principal's policies ask for, with what is known about the principal. */
function useContextFields(principal: string): ContextFields {
  const [fields, setFields] = useState<readonly ContextField[]>([]);
  const keys = useAws(
    "iam",
    ["context-keys", principal],
    async (iam) => {
      const output = await iam.getContextKeysForPrincipalPolicy({ PolicySourceArn: principal });
      return { principal, names: output.ContextKeyNames ?? [] };
    },
    { enabled: /^arn:[^:]+:iam::\d+:(user|group|role)\/.+/.test(principal) },
  );
  const found = keys.data;
  useEffect(() => {
    if (found === undefined || found.principal !== principal) return;
    const known = knownContext(principal);
    setFields(found.names.map((key) => ({ key, type: "string", value: known[key] ?? "" })));
  }, [found, principal]);
  return { fields, change: setFields };
}

const types: readonly ContextKeyTypeEnum[] = [
  "string",
  "stringList",
  "numeric",
  "boolean",
  "ip",
  "date",
  "binary",
];

function ContextInput({
  fields,
  onChange,
}: {
  readonly fields: readonly ContextField[];
  readonly onChange: ContextFields["change"];
}): ReactNode {
  const change = (index: number, part: Partial<ContextField>): void =>
    onChange(fields.map((field, i) => (i === index ? { ...field, ...part } : field)));
  return (
    <Stack gap={6}>
      <Text size="xs" fw={500}>
        Context
      </Text>
      {fields.map(({ key, type, value }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the key of a field changes while it is typed.
        <Group key={i} gap={6} wrap="nowrap">
          <TextInput
            size="xs"
            flex={2}
            aria-label={`Context key ${i + 1}`}
            placeholder="aws:SourceIp"
            value={key}
            onChange={(event) => change(i, { key: event.currentTarget.value })}
          />
          <Select
            size="xs"
            w={100}
            aria-label={`Type of context key ${i + 1}`}
            allowDeselect={false}
            data={[...types]}
            value={type}
            onChange={(chosen) => change(i, { type: types.find((one) => one === chosen) ?? "string" })}
          />
          <TextInput
            size="xs"
            flex={2}
            aria-label={`Context value ${i + 1}`}
            placeholder="not given"
            value={value}
            onChange={(event) => change(i, { value: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${key}`}
            onClick={() => onChange(fields.filter((_, other) => other !== i))}
          >
            <IconTrash size={14} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={12} />}
          onClick={() => onChange([...fields, { key: "", type: "string", value: "" }])}
        >
          Add
        </Button>
      </Group>
    </Stack>
  );
}
