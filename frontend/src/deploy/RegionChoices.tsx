import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { errorSentence } from "@/api/client";
import { getRegions } from "@/api/deployer";
import { keys } from "@/api/keys";
import type { RegionChoice } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";

import styles from "./RegionChoices.module.css";

type Props = {
  designId: string;
  cloudId: string;
  chosen: Readonly<Record<string, string>>;
  onChoose: (drawn: string, region: string) => void;
};

/** Which region of the cloud takes each drawn one. Nothing to ask where there is one of each. */
export function RegionChoices({ designId, cloudId, chosen, onChoose }: Props) {
  const regions = useQuery({
    queryKey: keys.regions(cloudId, designId),
    queryFn: () => getRegions(cloudId, designId),
    staleTime: 0,
  });
  if (regions.isError) {
    return <ErrorNotice title={errorSentence(regions.error)} onRetry={() => void regions.refetch()} />;
  }
  if (!regions.data) return null;
  const { offered, choices } = regions.data;
  if (choices.length < 2 && offered.length < 2) return null;
  return (
    <fieldset className={styles.regions}>
      <legend>Regions</legend>
      {choices.map((choice) => (
        <div key={choice.drawn} className={styles.row}>
          <span className={styles.drawn}>{choice.drawn || "Outside of drawn regions"}</span>
          <Select
            aria-label={choice.drawn ? `Region for ${choice.drawn}` : "Region for the rest"}
            data={offered}
            value={chosen[choice.drawn] ?? (choice.because === "none_left" ? null : choice.region)}
            placeholder="Choose a region"
            onChange={(region) => region && onChoose(choice.drawn, region)}
            allowDeselect={false}
          />
          <span className={styles.why}>{chosen[choice.drawn] ? "" : WHY[choice.because]}</span>
        </div>
      ))}
    </fieldset>
  );
}

const WHY: Record<RegionChoice["because"], string> = {
  chosen: "",
  standing: "It stands there",
  name: "The same name",
  default: "",
  none_left: "No region is left: choose one that may be shared",
};
