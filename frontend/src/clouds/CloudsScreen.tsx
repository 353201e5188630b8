export function CloudsScreen() {
  return <main />;
}
