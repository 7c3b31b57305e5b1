import { Modal, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { ActionForm } from "../../ui/action-form.tsx";
import { JsonEditor, problemOf } from "../../ui/json-form.tsx";

export interface EntityFields {
  readonly name: string;
  readonly description: string;
  readonly document: string;
}

interface CreateEntityProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly isBusy: boolean;
  readonly onCreate: (fields: EntityFields) => void;
  readonly withDescription?: boolean;
  /** The document that it begins with, and what it is called; none when not given. */
  readonly document?: { readonly label: string; readonly text: string };
  /** Above the document. */
  readonly children?: (setDocument: (text: string) => void) => ReactNode;
}

/** Asks for what a new user, group, role or policy needs. */
export function CreateEntity(props: CreateEntityProps): ReactNode {
  const { title, isOpen, onClose, document } = props;
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} size={document === undefined ? "md" : "lg"}>
      <Form {...props} />
    </Modal>
  );
}

function Form(props: CreateEntityProps): ReactNode {
  const { isBusy, onCreate, onClose, document, withDescription = false, children } = props;
  const [fields, setFields] = useState({ name: "", description: "", document: document?.text ?? "" });
  const change = (part: Partial<EntityFields>): void => setFields((before) => ({ ...before, ...part }));
  const problem = document === undefined ? undefined : problemOf(fields.document);
  return (
    <ActionForm
      action="Create"
      isBusy={isBusy}
      isDisabled={problem !== undefined}
      onCancel={onClose}
      onSubmit={() => {
        onCreate(fields);
      }}
    >
      <TextInput
        data-autofocus
        required
        label="Name"
        maxLength={128}
        value={fields.name}
        onChange={(event) => change({ name: event.currentTarget.value.trim() })}
      />
      {withDescription && (
        <TextInput
          label="Description"
          value={fields.description}
          onChange={(event) => change({ description: event.currentTarget.value })}
        />
      )}
      {children?.((text) => change({ document: text }))}
      {document !== undefined && (
        <JsonEditor
          label={document.label}
          value={fields.document}
          height="260px"
          onChange={(text) => change({ document: text })}
        />
      )}
    </ActionForm>
  );
}
