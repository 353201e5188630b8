import { useParams } from "react-router";

import { NewPlan } from "./NewPlan";

export function NewPlanScreen() {
  const { design_id: designId = "" } = useParams();
  return <NewPlan designId={designId} />;
}
