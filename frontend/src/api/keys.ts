/** Names under which answers are kept by the query cache. */
export const keys = {
  session: ["session"] as const,
  component_types: ["component-types"] as const,
  templates: ["templates"] as const,
  template: (key: string, form: string) => ["templates", key, form] as const,
  template_versions: ["template-versions"] as const,
  template_update: (id: string) => ["designs", id, "template-update"] as const,
  price_books: ["price-books"] as const,
  designs: ["designs"] as const,
  design: (id: string) => ["designs", id] as const,
  findings: (id: string) => ["designs", id, "findings"] as const,
  estimate: (id: string, price_book?: string) => ["designs", id, "estimate", price_book ?? ""] as const,
  clouds: ["clouds"] as const,
  plan: (id: string) => ["plans", id] as const,
  deployments: (design_id: string) => ["deployments", "of", design_id] as const,
  deployment: (id: string) => ["deployments", id] as const,
};
