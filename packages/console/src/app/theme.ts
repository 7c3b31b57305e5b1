import { type CSSVariablesResolver, createTheme, type MantineThemeOverride } from "@mantine/core";

/** One look for all screens; nothing is loaded from elsewhere, so that it works offline. */
export const theme: MantineThemeOverride = createTheme({
  primaryColor: "cyan",
  primaryShade: { light: 9, dark: 6 },
  // Black or white on filled buttons, whichever can be read.
  autoContrast: true,
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
  light: { "--mantine-color-dimmed": "#5c6570" },
  dark: { "--mantine-color-dimmed": "#a3a3a3" },
});
