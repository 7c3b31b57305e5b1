import { Box, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { plainBytes } from "../decode/payload.ts";

/** Members that are shown of a value at first. */
const maxShownMembers = 200;
const openLevels = 3;

export interface JsonTreeProps {
  readonly value: unknown;
  readonly name?: string;
  readonly level?: number;
}

/** A value of JSON whose parts open and close. */
export function JsonTree({ value, name, level = 0 }: JsonTreeProps): ReactNode {
  const [isOpen, setOpen] = useState(level < openLevels);
  const plain = plainBytes("", value);
  if (typeof plain !== "object" || plain === null)
    return (
      <Line level={level}>
        <Name name={name} />
        <Scalar value={plain} />
      </Line>
    );
  const members = Object.entries(plain);
  const isList = Array.isArray(plain);
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <Box>
      <UnstyledButton onClick={() => setOpen(!isOpen)} aria-expanded={isOpen} w="100%">
        <Line level={level}>
          <Chevron size={12} style={{ marginLeft: -14, marginRight: 2, verticalAlign: -1 }} />
          <Name name={name} />
          <Text span inherit c="dimmed">
            {isList
              ? `[${members.length}]`
              : isOpen
                ? "{"
                : `{ ${Object.keys(plain).slice(0, 4).join(", ")} }`}
          </Text>
        </Line>
      </UnstyledButton>
      {isOpen &&
        members
          .slice(0, maxShownMembers)
          .map(([key, member]) => <JsonTree key={key} name={key} value={member} level={level + 1} />)}
      {isOpen && members.length > maxShownMembers && (
        <Line level={level + 1}>
          <Text span inherit c="dimmed">
            … {members.length - maxShownMembers} more
          </Text>
        </Line>
      )}
    </Box>
  );
}

function Line({ level, children }: { readonly level: number; readonly children: ReactNode }): ReactNode {
  return (
    <Box ff="monospace" fz="xs" lh={1.7} pl={16 + level * 16} style={{ overflowWrap: "anywhere" }}>
      {children}
    </Box>
  );
}

function Name({ name }: { readonly name: string | undefined }): ReactNode {
  if (name === undefined) return undefined;
  return (
    <>
      <Text span inherit c="var(--mantine-primary-color-light-color)">
        {name}
      </Text>
      {": "}
    </>
  );
}

function Scalar({ value }: { readonly value: unknown }): ReactNode {
  const color = typeof value === "string" ? "teal" : typeof value === "number" ? "orange" : "grape";
  return (
    <Text span inherit c={`light-dark(var(--mantine-color-${color}-9), var(--mantine-color-${color}-3))`}>
      {typeof value === "string" ? JSON.stringify(value) : String(value)}
    </Text>
  );
}
