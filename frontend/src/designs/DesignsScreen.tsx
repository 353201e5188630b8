export function DesignsScreen() {
  return <main />;
}
