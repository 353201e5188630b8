export function DeployScreen() {
  return <main />;
}
