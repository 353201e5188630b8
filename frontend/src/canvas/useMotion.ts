import { useReducedMotion } from "@mantine/hooks";

/** Milliseconds for fit to view and tidy up; none for people who asked their system for less movement. */
export function useMotion(): number {
  return useReducedMotion() ? 0 : 280;
}
