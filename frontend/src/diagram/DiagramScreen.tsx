export function DiagramScreen() {
  return <main />;
}
