import { Text, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { type ReactNode, useState } from "react";

export interface Confirmation {
  readonly title: string;
  readonly message: string;
  /** The word on the button, such as "Delete". */
  readonly action: string;
  /** Has to be typed first, for what cannot be undone. */
  readonly word?: string;
  readonly onConfirm: () => void;
}

/** Asks before something is lost. */
export function confirm(confirmation: Confirmation): void {
  const { title, message, action, word, onConfirm } = confirmation;
  if (word === undefined) {
    modals.openConfirmModal({
      title,
      children: <Text size="sm">{message}</Text>,
      labels: { confirm: action, cancel: "Cancel" },
      confirmProps: { color: "red" },
      onConfirm,
    });
    return;
  }
  const id = modals.open({
    title,
    children: (
      <TypedWord
        message={message}
        word={word}
        onTyped={() => {
          modals.close(id);
          onConfirm();
        }}
      />
    ),
  });
}

interface TypedWordProps {
  readonly message: string;
  readonly word: string;
  readonly onTyped: () => void;
}

function TypedWord({ message, word, onTyped }: TypedWordProps): ReactNode {
  const [text, setText] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text === word) onTyped();
      }}
    >
      <Text size="sm" mb="sm">
        {message}
      </Text>
      <TextInput
        data-autofocus
        label={`Type ${word} and press Enter`}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </form>
  );
}
