import {
  ActionIcon,
  Affix,
  CloseButton,
  Group,
  Paper,
  Progress,
  ScrollArea,
  Stack,
  Text,
} from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { useConsole } from "../../api/console-context.tsx";
import { bytesText } from "../../ui/format.ts";
import type { NamedFile } from "./dropped-files.ts";
import { upload } from "./upload.ts";

interface Transfer {
  readonly id: number;
  readonly bucket: string;
  readonly key: string;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  readonly state: "waiting" | "running" | "done" | "failed";
  readonly reason?: string;
}

type StartUploads = (bucket: string, prefix: string, files: readonly NamedFile[]) => void;

const Context = createContext<StartUploads | undefined>(undefined);
const parallelFiles = 2;

/** Uploads go on while one looks at other buckets. */
export function UploadsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { clients } = useConsole();
  const queries = useQueryClient();
  const [transfers, setTransfers] = useState<readonly Transfer[]>([]);
  const lastId = useRef(0);
  const aborts = useRef(new Map<number, AbortController>());
  const update = useCallback(
    (id: number, change: Partial<Transfer>) =>
      setTransfers((all) => all.map((one) => (one.id === id ? { ...one, ...change } : one))),
    [],
  );
  const start = useCallback<StartUploads>(
    (bucket, prefix, files) => {
      const added = files.map(({ path, file }) => ({ id: ++lastId.current, key: `${prefix}${path}`, file }));
      setTransfers((all) => [
        ...all,
        ...added.map(
          ({ id, key, file }): Transfer => ({
            id,
            bucket,
            key,
            sizeBytes: file.size,
            sentBytes: 0,
            state: "waiting",
          }),
        ),
      ]);
      for (const { id } of added) aborts.current.set(id, new AbortController());
      const waiting = [...added];
      const work = async (): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          const { id, key, file } = next;
          const signal = aborts.current.get(id)?.signal ?? AbortSignal.abort();
          if (signal.aborted) continue;
          update(id, { state: "running" });
          try {
            const s3 = await clients.get("s3");
            await upload({
              s3,
              bucket,
              key,
              file,
              signal,
              onProgress: (sentBytes) => update(id, { sentBytes }),
            });
            update(id, { state: "done" });
          } catch (error) {
            update(id, { state: "failed", reason: signal.aborted ? "Stopped." : String(error) });
          }
        }
      };
      void Promise.all(Array.from({ length: parallelFiles }, work)).then(() =>
        queries.invalidateQueries({ queryKey: ["s3"] }),
      );
    },
    [clients, queries, update],
  );
  const stop = (id: number): void => {
    aborts.current.get(id)?.abort();
    update(id, { state: "failed", reason: "Stopped." });
  };
  return (
    <Context.Provider value={start}>
      {children}
      {transfers.length > 0 && (
        <TransferPanel transfers={transfers} onStop={stop} onClose={() => setTransfers([])} />
      )}
    </Context.Provider>
  );
}

export function useUploads(): StartUploads {
  const start = useContext(Context);
  if (start === undefined) throw new Error("useUploads is used outside of UploadsProvider");
  return start;
}

interface TransferPanelProps {
  readonly transfers: readonly Transfer[];
  readonly onStop: (id: number) => void;
  readonly onClose: () => void;
}

const shownTransfers = 200;

function TransferPanel({ transfers, onStop, onClose }: TransferPanelProps): ReactNode {
  const running = transfers.filter(({ state }) => state === "running" || state === "waiting").length;
  const failed = transfers.filter(({ state }) => state === "failed").length;
  const done = transfers.length - running - failed;
  const total = transfers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const sent = transfers.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
  const shown = useMemo(
    () => [...transfers].sort((a, b) => rank(a) - rank(b)).slice(0, shownTransfers),
    [transfers],
  );
  return (
    <Affix position={{ bottom: 16, right: 16 }}>
      <Paper withBorder shadow="md" p="sm" w={360} role="status" aria-label="Uploads">
        <Group justify="space-between" mb="xs">
          <Text size="sm" fw={600}>
            {running > 0
              ? `Uploading, ${bytesText(sent)} of ${bytesText(total)}`
              : `${done} uploaded${failed > 0 ? `, ${failed} failed` : ""}`}
          </Text>
          {running === 0 && <CloseButton aria-label="Close" size="sm" onClick={onClose} />}
        </Group>
        <ScrollArea.Autosize mah={220}>
          <Stack gap={6}>
            {shown.map((transfer) => (
              <TransferLine key={transfer.id} transfer={transfer} onStop={onStop} />
            ))}
          </Stack>
        </ScrollArea.Autosize>
      </Paper>
    </Affix>
  );
}

function rank({ state }: Transfer): number {
  return ["running", "failed", "waiting", "done"].indexOf(state);
}

interface TransferLineProps {
  readonly transfer: Transfer;
  readonly onStop: (id: number) => void;
}

function TransferLine({ transfer, onStop }: TransferLineProps): ReactNode {
  const { id, key, sizeBytes, sentBytes, state, reason } = transfer;
  const isOpen = state === "running" || state === "waiting";
  const percent = state === "done" || sizeBytes === 0 ? 100 : (100 * sentBytes) / sizeBytes;
  return (
    <div>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="xs" truncate title={key}>
          {key}
        </Text>
        {isOpen && (
          <ActionIcon
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={`Stop ${key}`}
            onClick={() => onStop(id)}
          >
            <IconX size={12} />
          </ActionIcon>
        )}
      </Group>
      <Progress
        size="xs"
        value={state === "waiting" ? 0 : percent}
        color={state === "failed" ? "red" : "teal"}
        aria-label={`Upload of ${key}`}
      />
      {reason !== undefined && (
        <Text size="xs" c="red">
          {reason}
        </Text>
      )}
    </div>
  );
}
