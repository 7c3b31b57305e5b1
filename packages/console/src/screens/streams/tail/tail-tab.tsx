import {
  Alert,
  Button,
  Center,
  Group,
  Loader,
  SegmentedControl,
  Select,
  Text,
  TextInput,
} from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import {
  IconEraser,
  IconFilter,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerTrackNext,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import {
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useSearchParams } from "react-router";
import { useConsole } from "../../../api/console-context.tsx";
import { bytesText, countText, durationText, rateText } from "../../../ui/format.ts";
import { EmptyState, ErrorAlert } from "../../../ui/states.tsx";
import { type Codecs, loadCodecs } from "../decode/codecs.ts";
import { formats } from "../decode/payload.ts";
import { shortShard, useShards } from "../stream-data.ts";
import { RecordDrawer } from "./record-drawer.tsx";
import type { TailStart } from "./stream-tail.ts";
import classes from "./tail.module.css";
import { TailRows } from "./tail-rows.tsx";
import { maxKeptRecords, TailStore, type TailView } from "./tail-store.ts";

/** Less is the way of the answer. */
const shownLagMs = 2_000;

export function TailTab({ name }: { readonly name: string }): ReactNode {
  const codecs = useQuery({ queryKey: ["codecs"], queryFn: loadCodecs, staleTime: Number.POSITIVE_INFINITY });
  if (codecs.error !== null) return <ErrorAlert error={codecs.error} />;
  if (codecs.data === undefined)
    return (
      <Center py={60}>
        <Loader size="sm" />
      </Center>
    );
  return <Tail name={name} codecs={codecs.data} />;
}

function Tail({ name, codecs }: { readonly name: string; readonly codecs: Codecs }): ReactNode {
  const { options, change } = useTailOptions();
  const { store, view, restart } = useTail(name, codecs, options);
  const [isPaused, setPaused] = useState(false);
  const [isScrolled, setScrolled] = useState(false);
  useEffect(() => store.freeze(isPaused || isScrolled), [store, isPaused, isScrolled]);
  const togglePause = (): void => setPaused((value) => !value);
  useHotkeys([
    ["p", togglePause],
    ["x", () => store.clear()],
  ]);
  return (
    <>
      <TailControls name={name} options={options} change={change}>
        <Button
          size="xs"
          variant={isPaused ? "filled" : "default"}
          leftSection={isPaused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
          onClick={togglePause}
          title="p"
        >
          {isPaused ? "Resume" : "Pause"}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconEraser size={14} />}
          title="x"
          onClick={() => store.clear()}
        >
          Clear
        </Button>
      </TailControls>
      <TailFigures
        view={view}
        isFiltered={options.query !== ""}
        onLatest={() => (options.from === "latest" ? restart() : change({ from: undefined }))}
      />
      {view.error !== undefined && (
        <Group mb="xs" wrap="nowrap">
          <ErrorAlert error={view.error} />
          <Button variant="default" size="xs" onClick={restart}>
            Read again
          </Button>
        </Group>
      )}
      {view.rows.length === 0 ? (
        <NothingYet name={name} view={view} options={options} />
      ) : (
        <TailRows
          rows={view.rows}
          format={options.format}
          selected={options.record?.replace(/^.*\//, "")}
          onOpen={({ shard, id }) => change({ record: `${shard}/${id}` })}
          onScrolled={setScrolled}
        />
      )}
      <RecordDrawer
        stream={name}
        codecs={codecs}
        place={options.record}
        find={(id) => store.find(id)}
        onClose={() => change({ record: undefined })}
      />
    </>
  );
}

interface TailOptions {
  readonly shard: string | undefined;
  /** `latest`, `oldest` or a time. */
  readonly from: string;
  readonly query: string;
  readonly format: (typeof formats)[number];
  /** The one that is looked at: its shard and its id. */
  readonly record: string | undefined;
}

type Change = (change: Readonly<Record<string, string | undefined>>) => void;

/** They are in the address, so that a tail can be sent to somebody. */
function useTailOptions(): { readonly options: TailOptions; readonly change: Change } {
  const [search, setSearch] = useSearchParams();
  const options = {
    shard: search.get("shard") ?? undefined,
    from: search.get("from") ?? "latest",
    query: search.get("filter") ?? "",
    format: formats.find((known) => known === search.get("as")) ?? "auto",
    record: search.get("record") ?? undefined,
  };
  const change: Change = (changes) =>
    setSearch(
      (current) => {
        const next = new URLSearchParams(current);
        for (const [key, value] of Object.entries(changes))
          if (value === undefined || value === "") next.delete(key);
          else next.set(key, value);
        return next;
      },
      { replace: true },
    );
  return { options, change };
}

function useTail(
  name: string,
  codecs: Codecs,
  { shard, from, query }: TailOptions,
): { readonly store: TailStore; readonly view: TailView; readonly restart: () => void } {
  const { clients } = useConsole();
  const store = useMemo(() => new TailStore(codecs), [codecs]);
  const [opened, setOpened] = useState(0);
  const restart = useCallback(() => setOpened((count) => count + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `opened` opens it anew.
  useEffect(() => {
    let isWanted = true;
    void clients.get("kinesis").then((kinesis) => {
      if (isWanted) store.open(kinesis, { stream: name, shard, start: startOf(from) });
    });
    return () => {
      isWanted = false;
      store.close();
    };
  }, [clients, store, name, shard, from, opened]);
  useEffect(() => store.filter(query), [store, query]);
  const view = useSyncExternalStore(store.subscribe, store.snapshot);
  return { store, view, restart };
}

function startOf(from: string): TailStart {
  if (from === "oldest") return { kind: "oldest" };
  const at = new Date(from);
  return from === "latest" || Number.isNaN(at.getTime()) ? { kind: "latest" } : { kind: "time", at };
}

interface TailControlsProps {
  readonly name: string;
  readonly options: TailOptions;
  readonly change: Change;
  readonly children: ReactNode;
}

function TailControls({ name, options, change, children }: TailControlsProps): ReactNode {
  const shards = useShards(name);
  const filter = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => filter.current?.focus()]]);
  return (
    <Group gap="xs" mb="xs">
      <TextInput
        ref={filter}
        size="xs"
        flex="1 1 260px"
        aria-label="Filter records"
        placeholder="Filter  /   words, field=value, a.b>5, -word, @key=…"
        leftSection={<IconFilter size={14} />}
        value={options.query}
        onChange={(event) => change({ filter: event.currentTarget.value })}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      />
      <Select
        size="xs"
        w={120}
        aria-label="Shard"
        searchable
        data={[
          { value: "", label: "All shards" },
          ...(shards.data ?? []).map(({ ShardId = "" }) => ({
            value: ShardId,
            label: `Shard ${shortShard(ShardId)}`,
          })),
        ]}
        value={options.shard ?? ""}
        allowDeselect={false}
        onChange={(shard) => change({ shard: shard ?? undefined })}
      />
      <FromField from={options.from} change={change} />
      <SegmentedControl
        size="xs"
        aria-label="Decode as"
        data={formats.map((format) => ({ value: format, label: format }))}
        value={options.format}
        onChange={(format) => change({ as: format === "auto" ? undefined : format })}
      />
      <Group gap="xs" wrap="nowrap">
        {children}
      </Group>
    </Group>
  );
}

function FromField({ from, change }: { readonly from: string; readonly change: Change }): ReactNode {
  const kindNow = from === "latest" || from === "oldest" ? from : "time";
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="From"
        data={[
          { value: "latest", label: "Latest" },
          { value: "oldest", label: "Oldest" },
          { value: "time", label: "Time" },
        ]}
        value={kindNow}
        onChange={(kind) =>
          change({ from: kind === "time" ? anHourAgo() : kind === "latest" ? undefined : kind })
        }
      />
      {kindNow === "time" && (
        <TextInput
          size="xs"
          type="datetime-local"
          step={1}
          aria-label="From time"
          value={localInput(new Date(from))}
          onChange={(event) => {
            const at = new Date(event.currentTarget.value);
            if (!Number.isNaN(at.getTime())) change({ from: at.toISOString() });
          }}
        />
      )}
    </>
  );
}

/** What an `input` of the type `datetime-local` takes, in the browser's zone. */
function localInput(date: Date): string {
  return Number.isNaN(date.getTime()) ? "" : date.toLocaleString("sv-SE").replace(" ", "T");
}

function anHourAgo(): string {
  return new Date(Date.now() - 3_600_000).toISOString();
}

interface TailFiguresProps {
  readonly view: TailView;
  readonly isFiltered: boolean;
  readonly onLatest: () => void;
}

function TailFigures({ view, isFiltered, onLatest }: TailFiguresProps): ReactNode {
  const { received, receivedBytes, matched, forgotten, perSecond, behindMs, since, rows } = view;
  return (
    <Group gap="md" mb={6} mih={26} className={classes["number"] ?? ""} data-testid="tail-figures">
      <Text size="xs">
        <b data-testid="tail-received">{countText(received)}</b> records · {bytesText(receivedBytes)}
      </Text>
      <Text size="xs" c="dimmed">
        {rateText(perSecond)} a second
      </Text>
      {isFiltered && <Text size="xs">{countText(matched)} match</Text>}
      {forgotten > 0 && (
        <Text
          size="xs"
          c="dimmed"
          title={`The newest ${countText(maxKeptRecords)} records, or 64 MiB, are kept`}
        >
          newest {countText(rows.length)} shown · {countText(forgotten)} dropped
        </Text>
      )}
      {since !== undefined && (
        <Text size="xs" c="orange" role="status">
          Stands still · {countText(since)} new
        </Text>
      )}
      {behindMs > shownLagMs && (
        <Button
          size="compact-xs"
          variant="light"
          color="orange"
          leftSection={<IconPlayerTrackNext size={12} />}
          onClick={onLatest}
        >
          {durationText(behindMs)} behind: go to the latest
        </Button>
      )}
    </Group>
  );
}

interface NothingYetProps {
  readonly name: string;
  readonly view: TailView;
  readonly options: TailOptions;
}

function NothingYet({ name, view, options }: NothingYetProps): ReactNode {
  if (view.received > 0)
    return (
      <Alert variant="light" color="gray">
        {countText(view.received)} records were read, and none matches <b>{options.query}</b>.
      </Alert>
    );
  if (view.error !== undefined) return undefined;
  return (
    <EmptyState
      title={options.from === "latest" ? "Waiting for new records" : "No records from there on"}
      command={`aws kinesis put-record --stream-name ${name} --partition-key p --cli-binary-format raw-in-base64-out --data '{"hello":"stream"}'`}
    >
      {options.from === "latest"
        ? "They are shown as they come. Records that are there already are shown from Oldest on."
        : "New ones are shown as they come."}
    </EmptyState>
  );
}
