import type { Stay } from "@/api/types";
import aside from "@/deploy/DeploymentAside.module.css";

import { EndForm } from "./EndForm";
import { HoursForm } from "./HoursForm";
import own from "./RunningAside.module.css";

/** When servers run, and when all of it ends. */
export function HoursTab({ designId, stay }: { designId: string; stay: Stay }) {
  return (
    <div className={aside.scroll}>
      <HoursForm designId={designId} stay={stay} />
      <hr className={own.rule} />
      <EndForm key={`${stay.expires_at ?? ""} ${stay.on_expiry}`} designId={designId} stay={stay} />
    </div>
  );
}
