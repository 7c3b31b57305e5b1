import { Button, Checkbox, FileButton, Group, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconDownload, IconTrash, IconUpload } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useAction, useMillrace } from "../../api/queries.ts";
import type { Status } from "../../api/status.ts";
import { confirm } from "../../ui/confirm.tsx";
import { bytesText } from "../../ui/format.ts";
import { Loaded } from "../../ui/states.tsx";

/** All state in one file, and none. */
export function KeepTab(): ReactNode {
  const status = useMillrace<Pick<Status, "services">>("status");
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      <SnapshotCard />
      <Loaded of={status}>{({ services }) => <ResetCard services={Object.keys(services).sort()} />}</Loaded>
    </SimpleGrid>
  );
}

function SnapshotCard(): ReactNode {
  const save = useAction(
    async (_: undefined, { millrace }) => {
      const response = await millrace.fetch("GET", "snapshot");
      const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1];
      const file = await response.blob();
      keepFile(file, name ?? "millrace.tar.zst");
      return file.size;
    },
    { done: (bytes) => `Saved: ${bytesText(bytes)}.` },
  );
  const load = useAction(
    async (file: File, { millrace }) => void (await millrace.upload("PUT", "snapshot", file)),
    {
      done: (_, file) => `${file.name} is loaded.`,
      changes: [[]],
    },
  );
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Text fw={650}>Snapshot</Text>
        <Text size="sm" c="dimmed">
          All state in one file: streams, objects, databases, clusters, users. Requests wait while it is saved
          or loaded.
        </Text>
        <Group>
          <Button
            variant="light"
            leftSection={<IconDownload size={16} />}
            loading={save.isPending}
            onClick={() => save.mutate(undefined)}
          >
            Save to a file
          </Button>
          <FileButton
            accept=".zst,application/zstd"
            onChange={(file) => {
              if (file !== null) askToLoad(file, () => load.mutate(file));
            }}
          >
            {(props) => (
              <Button
                {...props}
                variant="default"
                leftSection={<IconUpload size={16} />}
                loading={load.isPending}
              >
                Load a file
              </Button>
            )}
          </FileButton>
        </Group>
      </Stack>
    </Paper>
  );
}

function askToLoad(file: File, onConfirm: () => void): void {
  confirm({
    title: "Load a snapshot",
    message: `Everything that is here now is replaced by what ${file.name} (${bytesText(file.size)}) holds.`,
    action: "Load",
    word: "load",
    onConfirm,
  });
}

function keepFile(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function ResetCard({ services }: { readonly services: readonly string[] }): ReactNode {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const reset = useAction(
    async (ids: readonly string[], { millrace }) => {
      const query = ids.length === 0 ? {} : { services: ids.join(",") };
      return await millrace.post<{ readonly message: string }>("reset", { query });
    },
    { done: ({ message }) => message, changes: [[]] },
  );
  const what = chosen.length === 0 ? "all services" : chosen.join(", ");
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Text fw={650}>Reset</Text>
        <Text size="sm" c="dimmed">
          Empties services, in all accounts and regions. Choose some, or none for all of them.
        </Text>
        <Checkbox.Group value={[...chosen]} onChange={setChosen} aria-label="Services to reset">
          <SimpleGrid cols={{ base: 2, sm: 3 }} spacing={6}>
            {services.map((id) => (
              <Checkbox key={id} value={id} label={id} size="xs" />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        <Group>
          <Button
            color="red"
            variant="light"
            leftSection={<IconTrash size={16} />}
            loading={reset.isPending}
            onClick={() =>
              confirm({
                title: "Reset",
                message: `Everything in ${what} is deleted, in all accounts and regions. This cannot be undone.`,
                action: "Reset",
                word: "reset",
                onConfirm: () => reset.mutate(chosen),
              })
            }
          >
            Reset {chosen.length === 0 ? "everything" : `${chosen.length} of ${services.length}`}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
