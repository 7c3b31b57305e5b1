import { closeCompletion } from "@codemirror/autocomplete";
import { type SQLNamespace, sql } from "@codemirror/lang-sql";
import { Prec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useComputedColorScheme } from "@mantine/core";
import CodeMirror, { keymap, type ReactCodeMirrorRef } from "@uiw/react-codemirror";
import { type ReactNode, type RefObject, useEffect, useMemo, useRef } from "react";
import type { TextRange } from "../sql/error-place.ts";
import type { QueryKind } from "../tabs.ts";
import { errorMarks, markError } from "./error-mark.ts";
import { flinkDialect, redshiftDialect } from "./sql-dialects.ts";

export interface EditorHandle {
  /** What is selected and where it begins; undefined when nothing is. */
  selection(): { readonly text: string; readonly start: number } | undefined;
  insert(text: string): void;
}

export interface QueryEditorProps {
  readonly kind: QueryKind;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
  readonly names: SQLNamespace;
  readonly error: TextRange | undefined;
  readonly handle: RefObject<EditorHandle | undefined>;
}

/** Stronger than the theme, whose ground is of another color than the page's. */
const look = Prec.highest(
  EditorView.theme({
    "&, & .cm-gutters": { backgroundColor: "transparent" },
    "&": { height: "100%", fontSize: "13px" },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": { fontFamily: "var(--mantine-font-family-monospace)" },
  }),
);

/** The text of a tab, with completion from the catalog; Ctrl or Command with Enter runs it. */
export function QueryEditor(props: QueryEditorProps): ReactNode {
  const { kind, names, error, handle } = props;
  const scheme = useComputedColorScheme();
  const editor = useRef<ReactCodeMirrorRef>(null);
  const onRun = useRef(props.onRun);
  onRun.current = props.onRun;
  const extensions = useMemo(
    () => [
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: (view) => runs(view, onRun.current) }])),
      sql({
        dialect: kind === "redshift" ? redshiftDialect : flinkDialect,
        schema: names,
        upperCaseKeywords: kind === "flink",
        ...(kind === "redshift" && { defaultSchema: "public" }),
      }),
      errorMarks,
      look,
      EditorView.contentAttributes.of({ "aria-label": "Statement", tabindex: "0" }),
    ],
    [kind, names],
  );
  useEffect(() => {
    handle.current = handleOf(editor);
  }, [handle]);
  useEffect(() => {
    editor.current?.view?.dispatch({ effects: markError.of(error) });
  }, [error]);
  return (
    <CodeMirror
      ref={editor}
      value={props.value}
      onChange={props.onChange}
      extensions={extensions}
      theme={scheme}
      height="100%"
      style={{ height: "100%" }}
      basicSetup={{ foldGutter: false }}
    />
  );
}

function handleOf(editor: RefObject<ReactCodeMirrorRef | null>): EditorHandle {
  return {
    selection() {
      const state = editor.current?.view?.state;
      if (state === undefined || state.selection.main.empty) return undefined;
      const { from, to } = state.selection.main;
      return { text: state.sliceDoc(from, to), start: from };
    },
    insert(text) {
      const view = editor.current?.view;
      if (view === undefined) return;
      view.dispatch(view.state.replaceSelection(text));
      view.focus();
    },
  };
}

/** A key that was used goes no further. */
function runs(view: EditorView, onRun: () => void): true {
  closeCompletion(view);
  onRun();
  return true;
}
