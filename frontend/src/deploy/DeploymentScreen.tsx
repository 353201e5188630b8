export function DeploymentScreen() {
  return <main />;
}
