/** The product's mark: a drawing laid over what it becomes. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 22 22" fill="none" strokeLinejoin="round" aria-hidden="true">
      <path d="M3 14.6 11 18.6 19 14.6" stroke="var(--sd-text)" strokeWidth="1.8" strokeLinecap="round" />
      <path d="M3 11 11 15 19 11 11 7Z" fill="var(--sd-accent)" stroke="var(--sd-accent)" strokeWidth="1.2" />
      <path d="M3 7 11 3 19 7 11 11Z" stroke="var(--sd-text)" strokeWidth="1.6" strokeDasharray="2.2 1.7" />
    </svg>
  );
}
