import {
  type CSSVariablesResolver,
  createTheme,
  DEFAULT_THEME,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from "@mantine/core";

const [c0, c1, c2, c3, c4, c5, c6, c7, , c9] = DEFAULT_THEME.colors.cyan;
/** Dark enough in its eighth shade for white text to be read on it. */
const cyan: Readonly<MantineColorsTuple> = [c0, c1, c2, c3, c4, c5, c6, c7, "#0a7d90", c9];

/** One look for all screens; nothing is loaded from elsewhere, so that it works offline. */
export const theme: MantineThemeOverride = createTheme({
  primaryColor: "cyan",
  primaryShade: 8,
  colors: { cyan },
  defaultRadius: "md",
  fontFamily: "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'JetBrains Mono', 'SF Mono', Menlo, Consolas, monospace",
  headings: { fontWeight: "650" },
  cursorType: "pointer",
  components: {
    Notification: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
    Drawer: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
    Modal: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
  },
});

/** Quiet text that can still be read: at least 4.5 to 1 against the ground, also on a row that is pointed at. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#5c6570",
    // What stands in badges and notices of these colors.
    "--mantine-color-teal-light-color": "#066648",
    "--mantine-color-green-light-color": "#1f6b2f",
    "--mantine-color-red-light-color": "#b02525",
    "--mantine-color-orange-light-color": "#a13a0b",
    "--mantine-color-yellow-light-color": "#7a4f01",
  },
  dark: { "--mantine-color-dimmed": "#a3a3a3" },
});
