import { Spotlight, type SpotlightActionData, spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { screens } from "./screens.tsx";

/** Opens the list of everything that can be gone to. */
export function openCommands(): void {
  spotlight.open();
}

/** Goes to any screen by its name or by what is on it. */
export function Commands(): ReactNode {
  const navigate = useNavigate();
  const actions = screens.map(
    ({ path, label, icon: Icon, hotkey, keywords }): SpotlightActionData => ({
      id: path,
      label,
      description: `g ${hotkey}`,
      keywords: [...keywords],
      leftSection: <Icon size={20} stroke={1.6} />,
      onClick: () => void navigate(`/${path}`),
    }),
  );
  return (
    <Spotlight
      actions={actions}
      shortcut="mod + K"
      highlightQuery
      nothingFound="Nothing of that name"
      searchProps={{ leftSection: <IconSearch size={18} />, placeholder: "Go to", "aria-label": "Go to" }}
    />
  );
}
