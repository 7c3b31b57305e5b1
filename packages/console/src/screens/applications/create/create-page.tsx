import { Box, Button, Checkbox, Group, Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useConsole } from "../../../api/console-context.tsx";
import { useAction, useAws } from "../../../api/queries.ts";
import { Page } from "../../../ui/page.tsx";
import { ErrorAlert } from "../../../ui/states.tsx";
import { discoverTable } from "../../query/studio/discover-table.ts";
import { ProgramEditor } from "../program-editor.tsx";
import { exampleProgram, generatedProgram } from "./example-program.ts";

const runtimes = ["FLINK-1_20", "FLINK-1_19", "FLINK-1_18", "FLINK-1_15"] as const;
const namePattern = /^[a-zA-Z0-9_.-]{1,128}$/;

interface Draft {
  readonly name: string;
  readonly runtime: (typeof runtimes)[number];
  readonly roleArn: string;
  readonly source: string;
  readonly target: string;
  readonly program: string;
  readonly starts: boolean;
}

/** A Flink SQL application from an example over a stream that is there. */
export function CreatePage(): ReactNode {
  const { session } = useConsole();
  const [params] = useSearchParams();
  const [draft, setDraft] = useState<Draft>({
    name: "",
    runtime: "FLINK-1_20",
    roleArn: `arn:aws:iam::${session.account}:role/analytics`,
    source: params.get("stream") ?? "",
    target: "",
    program: generatedProgram,
    starts: true,
  });
  const change = (next: Partial<Draft>): void => setDraft((before) => ({ ...before, ...next }));
  return (
    <Page
      title="Create an application"
      crumbs={[{ label: "Applications", to: "/applications" }]}
      lead="Flink SQL that Millrace runs itself. On AWS the same SQL is run by a jar of a few lines."
      fills
      actions={<CreateButton draft={draft} />}
    >
      <Stack gap="sm" style={{ flex: 1, minHeight: 0 }}>
        <Settings draft={draft} onChange={change} />
        <Example draft={draft} onChange={change} />
        <ProgramEditor text={draft.program} onChange={(program) => change({ program })} />
      </Stack>
    </Page>
  );
}

interface DraftProps {
  readonly draft: Draft;
  readonly onChange: (next: Partial<Draft>) => void;
}

function Settings({ draft, onChange }: DraftProps): ReactNode {
  const isWrong = draft.name !== "" && !namePattern.test(draft.name);
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
      <TextInput
        label="Name"
        placeholder="late-flights"
        data-autofocus
        value={draft.name}
        error={isWrong && "Letters, digits, and . _ - up to 128"}
        onChange={(event) => onChange({ name: event.currentTarget.value.trim() })}
      />
      <Select
        label="Runtime"
        allowDeselect={false}
        data={[...runtimes]}
        value={draft.runtime}
        onChange={(value) => onChange({ runtime: runtimes.find((one) => one === value) ?? "FLINK-1_20" })}
      />
      <TextInput
        label="Service execution role"
        value={draft.roleArn}
        onChange={(event) => onChange({ roleArn: event.currentTarget.value.trim() })}
      />
    </SimpleGrid>
  );
}

function Example({ draft, onChange }: DraftProps): ReactNode {
  const { session } = useConsole();
  const streams = useAws(
    "kinesis",
    ["streamNames", "first"],
    async (kinesis) => (await kinesis.listStreams({})).StreamNames,
  );
  const names = streams.data ?? [];
  const example = useAction(async (_: undefined, { clients }) => {
    const client = await clients.get("kinesis-analytics-v2");
    const table = await discoverTable(client, session, draft.source, draft.roleArn);
    onChange({ program: exampleProgram(table, draft.source, session.region, draft.target) });
  });
  return (
    <Group align="flex-end" gap="sm">
      <Select
        label="Example over the stream"
        placeholder={names.length === 0 ? "there is no stream yet" : "choose one"}
        w={220}
        data={names}
        value={draft.source === "" ? null : draft.source}
        onChange={(source) => onChange({ source: source ?? "" })}
      />
      <Select
        label="Results go to"
        placeholder="the application's log"
        clearable
        w={220}
        data={names.filter((name) => name !== draft.source)}
        value={draft.target === "" ? null : draft.target}
        onChange={(target) => onChange({ target: target ?? "" })}
      />
      <Button
        variant="default"
        disabled={draft.source === ""}
        loading={example.isPending}
        onClick={() => example.mutate(undefined)}
      >
        Write the example
      </Button>
      <Text size="xs" c="dimmed" maw={330}>
        DiscoverInputSchema looks at the stream's records; the program below counts them. Change it as you
        like.
      </Text>
      <Checkbox
        ml="auto"
        label="Start it at once"
        checked={draft.starts}
        onChange={(event) => onChange({ starts: event.currentTarget.checked })}
      />
    </Group>
  );
}

function CreateButton({ draft }: { readonly draft: Draft }): ReactNode {
  const navigate = useNavigate();
  const create = useAction(
    async (_: undefined, { clients }) => {
      const client = await clients.get("kinesis-analytics-v2");
      await client.createApplication({
        ApplicationName: draft.name,
        RuntimeEnvironment: draft.runtime,
        ServiceExecutionRole: draft.roleArn,
        ApplicationConfiguration: {
          ApplicationCodeConfiguration: {
            CodeContentType: "PLAINTEXT",
            CodeContent: { TextContent: draft.program },
          },
          ApplicationSnapshotConfiguration: { SnapshotsEnabled: true },
        },
      });
      if (draft.starts) await client.startApplication({ ApplicationName: draft.name, RunConfiguration: {} });
    },
    { changes: [["kinesis-analytics-v2"]], done: () => `${draft.name} is created.` },
  );
  return (
    <>
      {create.error !== null && create.error.name !== "" && <ProgramError error={create.error} />}
      <Button
        size="xs"
        disabled={!namePattern.test(draft.name) || draft.program.trim() === "" || draft.roleArn === ""}
        loading={create.isPending}
        onClick={() =>
          create.mutate(undefined, {
            onSuccess: () => void navigate(`/applications/${encodeURIComponent(draft.name)}`),
          })
        }
      >
        Create
      </Button>
    </>
  );
}

/** Said in the notification too; here it stays. */
function ProgramError({ error }: { readonly error: Error }): ReactNode {
  return (
    <Box maw={520}>
      <ErrorAlert error={error} />
    </Box>
  );
}
