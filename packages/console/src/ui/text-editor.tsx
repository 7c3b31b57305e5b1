import { json } from "@codemirror/lang-json";
import { PostgreSQL, sql } from "@codemirror/lang-sql";
import { type Extension, Prec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useComputedColorScheme } from "@mantine/core";
import CodeMirror, { keymap } from "@uiw/react-codemirror";
import { type ReactNode, useMemo } from "react";

export interface TextEditorProps {
  readonly label: string;
  readonly value: string;
  readonly onChange?: (text: string) => void;
  readonly language: "sql" | "json" | "text";
  /** Tables with their columns, for completion. */
  readonly schema?: Readonly<Record<string, readonly string[]>>;
  readonly height?: string;
  /** Ctrl or Command with Enter. */
  readonly onRun?: () => void;
  readonly isReadOnly?: boolean;
  readonly extensions?: readonly Extension[];
}

/** Stronger than the theme, whose ground is of another color than the page's. */
const look: Extension = Prec.highest(
  EditorView.theme({
    "&, & .cm-gutters": { backgroundColor: "transparent" },
    "& .cm-gutters": { color: "var(--mantine-color-dimmed)" },
    "&": { fontSize: "13px" },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": { fontFamily: "var(--mantine-font-family-monospace)" },
  }),
);

/** An editor for SQL and JSON; a screen loads it with `lazy`, because it is large. */
export function TextEditor(props: TextEditorProps): ReactNode {
  const scheme = useComputedColorScheme();
  const { language, schema, onRun, extensions: more, label } = props;
  const extensions = useMemo(() => {
    const made: Extension[] = [...(more ?? [])];
    if (language === "sql") made.push(sql({ dialect: PostgreSQL, schema: { ...schema } }));
    if (language === "json") made.push(json());
    // The editor's own meaning of the key is a new line.
    if (onRun !== undefined)
      made.push(Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => runs(onRun) }])));
    made.push(look, EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }));
    return made;
  }, [language, schema, onRun, more, label]);
  return (
    <CodeMirror
      value={props.value}
      {...(props.onChange && { onChange: props.onChange })}
      {...(props.height !== undefined && { height: props.height })}
      extensions={extensions}
      theme={scheme}
      readOnly={props.isReadOnly ?? false}
      basicSetup={{ foldGutter: false }}
    />
  );
}

/** A key that was used goes no further. */
function runs(onRun: () => void): true {
  onRun();
  return true;
}
