import { Kbd, Modal, Table } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { type ReactNode, useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { screens } from "./screens.tsx";

const sequenceMs = 1_200;

const keys: readonly (readonly [string, string])[] = [
  ["Ctrl K", "go to a screen by name"],
  ["/", "filter the list"],
  ["↑ ↓, j k", "move in a list; Enter opens"],
  ["c", "this screen as CLI and SDK code"],
  ["Ctrl J", "dark or light"],
  ["?", "these keys"],
];

/** `g` and a letter go to a screen; `?` shows all keys. */
export function KeyboardHelp(): ReactNode {
  const [isOpen, { open, close }] = useDisclosure(false);
  // Not on every keyboard is it typed with the shift key.
  useHotkeys([
    ["shift+?", open],
    ["?", open],
  ]);
  useGoTo();
  return (
    <Modal opened={isOpen} onClose={close} title="Keys" size="sm">
      <Table>
        <Table.Tbody>
          {[...keys, ...screens.map(({ hotkey, label }) => [`g ${hotkey}`, label] as const)].map(
            ([key, what]) => (
              <Table.Tr key={key}>
                <Table.Td w={110}>
                  <Kbd>{key}</Kbd>
                </Table.Td>
                <Table.Td>{what}</Table.Td>
              </Table.Tr>
            ),
          )}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}

function useGoTo(): void {
  const navigate = useNavigate();
  const startedMs = useRef(0);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const isSecond = performance.now() - startedMs.current < sequenceMs;
      startedMs.current = event.key === "g" && !isSecond ? performance.now() : 0;
      const screen = isSecond ? screens.find(({ hotkey }) => hotkey === event.key) : undefined;
      if (screen === undefined) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void navigate(`/${screen.path}`);
    };
    // Before the keys of single letters, which would take the second one of a sequence.
    document.addEventListener("keydown", listen, { capture: true });
    return () => document.removeEventListener("keydown", listen, { capture: true });
  }, [navigate]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}
