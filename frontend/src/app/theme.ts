import { Button, createTheme, Input, Modal, SegmentedControl, Tooltip } from "@mantine/core";

/** Colours, sizes and radii of Mantine's controls. Everything else takes the variables in tokens.css. */
export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 6, dark: 5 },
  white: "#FFFFFF",
  black: "#14171F",
  autoContrast: false,
  defaultRadius: "sm",
  cursorType: "pointer",
  focusRing: "auto",
  fontFamily: "'Inter Variable', Inter, system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, monospace",
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  lineHeights: { xs: "1.3333", sm: "1.5385", md: "1.4286", lg: "1.5", xl: "1.4" },
  spacing: { xs: "0.5rem", sm: "0.75rem", md: "1rem", lg: "1.5rem", xl: "2rem" },
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "16px" },
  shadows: { xs: "var(--sd-sh-1)", sm: "var(--sd-sh-2)", md: "var(--sd-sh-3)", lg: "var(--sd-sh-4)", xl: "var(--sd-sh-4)" },
  breakpoints: { xs: "40em", sm: "48em", md: "64em", lg: "80em", xl: "90em" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.5rem", lineHeight: "2rem" },
      h2: { fontSize: "1.25rem", lineHeight: "1.75rem" },
      h3: { fontSize: "1rem", lineHeight: "1.5rem" },
      h4: { fontSize: "0.875rem", lineHeight: "1.25rem" },
    },
  },
  colors: {
    accent: [
      "#EEF3FF", "#DCE6FF", "#B9CCFF", "#90ADFD", "#6A8DF8",
      "#4668EA", "#2F57E2", "#2447C2", "#1D3A9E", "#172E7C",
    ],
    gray: [
      "#F6F7F9", "#F0F2F5", "#E4E7EC", "#D3D8E0", "#B8BFCA",
      "#8E97A6", "#667080", "#4A5160", "#2C323E", "#14171F",
    ],
    dark: [
      "#ECEEF2", "#C3C9D4", "#9AA3B2", "#6E7786", "#3A404B",
      "#2B3039", "#22262E", "#181B21", "#111318", "#0C0E12",
    ],
    green: [
      "#EAF6EF", "#D2EDDE", "#A6DBBE", "#74C79A", "#4CC38A",
      "#2A9D64", "#17754A", "#13623D", "#0F4F32", "#0B3D26",
    ],
    yellow: [
      "#FFF6E0", "#FFEBBF", "#FFD98A", "#F7C561", "#F0B54A",
      "#D9962A", "#8A5300", "#744600", "#5E3900", "#482B00",
    ],
    red: [
      "#FDEEEC", "#FBDAD7", "#F6B5B0", "#FF8A80", "#EF6A60",
      "#DE4A41", "#C02B27", "#A3221F", "#861A18", "#6A1412",
    ],
  },
  components: {
    Button: Button.extend({ defaultProps: { size: "sm", variant: "default" } }),
    Input: Input.extend({ defaultProps: { size: "sm" } }),
    InputWrapper: Input.Wrapper.extend({ defaultProps: { size: "sm" } }),
    Modal: Modal.extend({ defaultProps: { centered: true, radius: "lg", closeButtonProps: { "aria-label": "Close" } } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { withItemsBorders: false } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withinPortal: true, events: { hover: true, focus: true, touch: false } } }),
  },
});
