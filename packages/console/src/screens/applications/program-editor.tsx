import { Box, Center, Loader } from "@mantine/core";
import { lazy, type ReactNode, Suspense } from "react";

const TextEditor = lazy(async () => ({
  default: (await import("../../ui/text-editor.tsx")).TextEditor,
}));

export interface ProgramEditorProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** The SQL of an application, in what height there is. */
export function ProgramEditor({ text, onChange }: ProgramEditorProps): ReactNode {
  return (
    <Box
      style={{
        flex: 1,
        minHeight: 160,
        overflow: "auto",
        border: "1px solid var(--mantine-color-default-border)",
      }}
    >
      <Suspense
        fallback={
          <Center py={60}>
            <Loader size="sm" />
          </Center>
        }
      >
        <TextEditor label="Program" language="sql" value={text} onChange={onChange} height="100%" />
      </Suspense>
    </Box>
  );
}
