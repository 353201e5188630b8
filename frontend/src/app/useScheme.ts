import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";

/** The scheme on screen and how to switch it. Follows the system until somebody chooses. */
export function useScheme(): { scheme: "light" | "dark"; switch_scheme: () => void } {
  const scheme = useComputedColorScheme("light");
  const { setColorScheme } = useMantineColorScheme();
  return { scheme, switch_scheme: () => setColorScheme(scheme === "dark" ? "light" : "dark") };
}
