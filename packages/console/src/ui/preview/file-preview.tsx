import { Button, Center, Group, Image, SegmentedControl, Stack, Text } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from "react";
import { bytesText, countText } from "../format.ts";
import { EmptyState, Loaded } from "../states.tsx";
import { type Content, firstBytes, mostBytes, useContent } from "./content.ts";
import { delimitedTable } from "./delimited.ts";
import { hexLines } from "./hex.ts";
import { jsonArrayItems, jsonRecords } from "./json-records.ts";
import { imageType, textOf } from "./kind.ts";
import { LineList } from "./line-list.tsx";
import type { RangedFile } from "./ranged-file.ts";
import { RecordTable } from "./record-table.tsx";
import { type TableData, tableOfRecords } from "./table-data.ts";

const ParquetPreview = lazy(async () => ({
  default: (await import("./parquet-preview.tsx")).ParquetPreview,
}));

const maxRows = 20_000;
const maxHexBytes = 256 * 1024;

/**
 * What is in a file: Parquet, CSV, JSON, JSON lines (also compressed with gzip), text, images, and the bytes of
 * everything else. Only the beginning of a large file is read. It fills its parent, a flex column with a height.
 */
export function FilePreview({ file }: { readonly file: RangedFile }): ReactNode {
  const [limit, setLimit] = useState(firstBytes);
  const content = useContent(file, limit);
  return (
    <Loaded of={content}>
      {(shown) => {
        if (shown.kind === "empty") return <EmptyState title="It is empty" />;
        if (shown.kind === "parquet" && !shown.isCompressed)
          return (
            <Suspense>
              <ParquetPreview key={file.id} file={file} />
            </Suspense>
          );
        return (
          <Stack gap="xs" flex={1} mih={0}>
            <Shown key={file.id} content={shown} />
            <ReadSoFar
              file={file}
              content={shown}
              isReading={content.isPlaceholderData}
              onMore={() => setLimit(Math.min(mostBytes, limit * 8))}
            />
          </Stack>
        );
      }}
    </Loaded>
  );
}

interface ReadSoFarProps {
  readonly file: RangedFile;
  readonly content: Content;
  readonly isReading: boolean;
  readonly onMore: () => void;
}

function ReadSoFar({ file, content, isReading, onMore }: ReadSoFarProps): ReactNode {
  const { isWhole, readBytes, isCompressed, bytes } = content;
  const read = isWhole
    ? `${bytesText(file.size)}`
    : `the first ${bytesText(readBytes)} of ${bytesText(file.size)}`;
  return (
    <Group justify="space-between">
      <Text size="xs" c="dimmed">
        {kindNames[content.kind]}, {read}
        {isCompressed && `, gzip, ${bytesText(bytes.length)} decompressed`}
      </Text>
      {!isWhole && readBytes < Math.min(file.size, mostBytes) && (
        <Button size="compact-xs" variant="default" loading={isReading} onClick={onMore}>
          Read more
        </Button>
      )}
    </Group>
  );
}

const kindNames: Readonly<Record<Content["kind"], string>> = {
  parquet: "Parquet",
  csv: "CSV",
  tsv: "TSV",
  json: "JSON",
  "json-lines": "JSON lines",
  text: "Text",
  image: "Image",
  hex: "Bytes",
  empty: "Empty",
};

function Shown({ content }: { readonly content: Content }): ReactNode {
  const { kind, bytes, isWhole } = content;
  if (kind === "image") return <ImageShown bytes={bytes} isWhole={isWhole} />;
  const text = kind === "hex" || kind === "parquet" ? undefined : textOf(bytes);
  if (text === undefined) return <HexShown bytes={bytes} />;
  return <TextShown text={text} content={content} />;
}

type View = "Table" | "Text";

function TextShown({ text, content }: { readonly text: string; readonly content: Content }): ReactNode {
  const { kind, isWhole } = content;
  const table = useMemo(() => tableOf(text, kind, isWhole), [text, kind, isWhole]);
  const [view, setView] = useState<View>("Table");
  const lines = useMemo(() => linesOf(text, kind, isWhole), [text, kind, isWhole]);
  if (table === undefined) return <LineList label="Text" lines={lines} />;
  return (
    <>
      <Group justify="space-between">
        <SegmentedControl
          size="xs"
          data={["Table", "Text"]}
          value={view}
          onChange={(value) => setView(value === "Text" ? "Text" : "Table")}
        />
        <Text size="xs" c="dimmed">
          {countText(table.rows.length)} rows, {countText(table.columns.length)} columns
          {!isWhole || table.rows.length === maxRows ? ", and more" : ""}
        </Text>
      </Group>
      {view === "Table" ? <RecordTable label="Rows" data={table} /> : <LineList label="Text" lines={lines} />}
    </>
  );
}

function tableOf(text: string, kind: Content["kind"], isWhole: boolean): TableData | undefined {
  if (kind === "csv" || kind === "tsv") {
    const table = delimitedTable(text, isWhole, kind === "tsv" ? "\t" : undefined, maxRows);
    return table.columns.length === 0 ? undefined : table;
  }
  if (kind === "json-lines") return tableOfRecords(jsonRecords(text, maxRows).records);
  if (kind !== "json") return undefined;
  const records = jsonArrayItems(text, maxRows)?.records;
  const isTable = records?.some((record) => typeof record === "object" && record !== null) ?? false;
  return isTable && records !== undefined ? tableOfRecords(records) : undefined;
}

/** A document that is all in one line is easier to read in several. */
function linesOf(text: string, kind: Content["kind"], isWhole: boolean): readonly string[] {
  const lines = text.split(/\r?\n/);
  if (kind !== "json" || !isWhole || lines.length > 3) return lines;
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2).split("\n");
  } catch {
    return lines;
  }
}

function HexShown({ bytes }: { readonly bytes: Uint8Array }): ReactNode {
  const lines = useMemo(
    () =>
      hexLines(bytes.subarray(0, maxHexBytes)).map(({ offset, hex, text }) => `${offset}  ${hex}  ${text}`),
    [bytes],
  );
  return <LineList label="Bytes" lines={lines} />;
}

function ImageShown({
  bytes,
  isWhole,
}: {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly isWhole: boolean;
}): ReactNode {
  const [url, setUrl] = useState<string | undefined>(undefined);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type: imageType(bytes) ?? "image/png" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes]);
  if (!isWhole) return <EmptyState title="Only a part of the image has been read" />;
  return (
    <Center flex={1} mih={160} style={{ overflow: "auto" }}>
      {url !== undefined && <Image src={url} alt="The object" w="auto" maw="100%" fit="contain" />}
    </Center>
  );
}
