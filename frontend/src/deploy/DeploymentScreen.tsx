import { useParams } from "react-router";

import { DeploymentView } from "./DeploymentView";

export function DeploymentScreen() {
  const { deployment_id: id = "" } = useParams();
  return <DeploymentView key={id} id={id} />;
}
