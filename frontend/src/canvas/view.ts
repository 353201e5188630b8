/** Fit to view: as large as it goes, never above life size, clear of the toolbar. */
export const FIT = { padding: { top: "24px", right: "12px", bottom: "64px", left: "12px" }, maxZoom: 1 } as const;
