export function EstimateScreen() {
  return <main />;
}
