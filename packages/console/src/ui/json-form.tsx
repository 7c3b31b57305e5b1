import { Box, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";

const TextEditor = lazy(async () => ({ default: (await import("./text-editor.tsx")).TextEditor }));

export interface JsonEditorProps {
  readonly label: string;
  readonly value: string;
  readonly onChange?: (text: string) => void;
  readonly height?: string;
}

/** JSON as text; without `onChange` it is only shown. */
export function JsonEditor({ label, value, onChange, height = "320px" }: JsonEditorProps): ReactNode {
  return (
    <Box bd="1px solid var(--mantine-color-default-border)" bdrs="sm" style={{ overflow: "hidden" }}>
      <Suspense fallback={<Skeleton h={height} radius={0} />}>
        <TextEditor
          label={label}
          value={value}
          language="json"
          height={height}
          isReadOnly={onChange === undefined}
          {...(onChange && { onChange })}
        />
      </Suspense>
    </Box>
  );
}

export interface JsonFormProps {
  readonly label: string;
  /** What is kept now, as text; empty when there is nothing. */
  readonly value: string;
  /** Put in where there is nothing yet. */
  readonly example?: string;
  readonly onSave: (text: string) => void;
  readonly onDelete?: () => void;
  readonly isBusy: boolean;
  readonly height?: string;
  readonly saveLabel?: string;
}

/** A document that is changed as a whole. */
export function JsonForm(props: JsonFormProps): ReactNode {
  const { label, value, example, onSave, onDelete, isBusy, height } = props;
  const [text, setText] = useState(value);
  const read = useRef(value);
  const saved = useRef<string>(undefined);
  // What was read anew replaces what nobody has changed, and what was just saved.
  useEffect(() => {
    const before = read.current;
    read.current = value;
    setText((now) => (now === before || now === saved.current ? value : now));
  }, [value]);
  const save = (): void => {
    saved.current = text;
    onSave(text);
  };
  const problem = text.trim() === "" ? undefined : problemOf(text);
  return (
    <Stack gap="xs">
      <JsonEditor label={label} value={text} onChange={setText} {...(height && { height })} />
      <Group justify="space-between" wrap="nowrap">
        <Text size="xs" c="red" role="status" truncate>
          {problem ?? ""}
        </Text>
        <Group gap="xs" wrap="nowrap">
          {text.trim() === "" && example !== undefined && (
            <Button size="xs" variant="subtle" onClick={() => setText(example)}>
              Begin with an example
            </Button>
          )}
          {onDelete !== undefined && value !== "" && (
            <Button size="xs" variant="subtle" color="red" disabled={isBusy} onClick={onDelete}>
              Delete
            </Button>
          )}
          <Button
            size="xs"
            loading={isBusy}
            disabled={problem !== undefined || text.trim() === "" || text === value}
            onClick={save}
          >
            {props.saveLabel ?? "Save"}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

/** Why a text is no JSON; undefined when it is. */
export function problemOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** JSON in lines, or the text as it is. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
