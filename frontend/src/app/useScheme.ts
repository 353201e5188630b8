import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";

/** The scheme on screen and how to switch it. Follows the system until somebody chooses. */
export function useScheme(): { scheme: "light" | "dark"; switchScheme: () => void } {
  const scheme = useComputedColorScheme("light");
  const { setColorScheme } = useMantineColorScheme();
  return { scheme, switchScheme: () => setColorScheme(scheme === "dark" ? "light" : "dark") };
}
