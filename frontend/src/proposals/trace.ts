import type { TracedRow } from "@/api/types";

type Step = TracedRow["steps"][number];

/** The rows that a person asks about, by words of the line, a key, or an id of the cloud. */
export function rowsAbout(rows: readonly TracedRow[], about: string): TracedRow[] {
  const asked = about.trim().toLocaleLowerCase();
  return rows.filter(({ item, description, keys, resources }) =>
    [item, description, ...keys, ...resources.map(({ cloud_id }) => cloud_id)].some((words) =>
      words.toLocaleLowerCase().includes(asked),
    ),
  );
}

/** Of each key the step of the newest plan: steps arrive with the newest plan last. */
export function latestSteps(steps: readonly Step[]): Step[] {
  return [...new Map(steps.map((step) => [step.key, step])).values()];
}
