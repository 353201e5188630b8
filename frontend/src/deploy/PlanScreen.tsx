export function PlanScreen() {
  return <main />;
}
