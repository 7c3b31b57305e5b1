import { type Extension, StateEffect, type StateEffectType, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { TextRange } from "../sql/error-place.ts";

/** Marks where an error is, or nothing. */
export const markError: StateEffectType<TextRange | undefined> = StateEffect.define<TextRange | undefined>();

const mark = Decoration.mark({ class: "cm-sqlError" });
const line = Decoration.line({ class: "cm-sqlErrorLine" });

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(markError)) continue;
      const { value } = effect;
      if (value === undefined || value.to > transaction.state.doc.length) return Decoration.none;
      const row = transaction.state.doc.lineAt(value.from);
      return Decoration.set(
        [line.range(row.from), mark.range(value.from, Math.max(value.to, value.from + 1))],
        true,
      );
    }
    // What is typed may have mended it.
    return transaction.docChanged ? Decoration.none : marks;
  },
  provide: (self) => EditorView.decorations.from(self),
});

/** Errors are underlined, and their line is tinted. */
export const errorMarks: readonly Extension[] = [
  field,
  EditorView.baseTheme({
    ".cm-sqlError": { textDecoration: "underline wavy #fa5252", textDecorationSkipInk: "none" },
    ".cm-sqlErrorLine": { backgroundColor: "rgba(250, 82, 82, 0.12)" },
  }),
];
