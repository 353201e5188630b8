import { get } from "./client";
import type { ComponentType, DesignDocument, PriceBook, Template } from "./types";

export const list_component_types = () => get<ComponentType[]>("/api/component-types/");
export const list_templates = () => get<Template[]>("/api/templates/");
export const get_template = (key: string) => get<Template & { document: DesignDocument }>(`/api/templates/${key}/`);
export const list_price_books = () => get<PriceBook[]>("/api/price-books/");

export const template_picture = (key: string, theme: "light" | "dark") =>
  `/api/templates/${encodeURIComponent(key)}/diagram.svg?theme=${theme}`;
