export function FindingsScreen() {
  return <main />;
}
