import { get, post } from "./client";
import type { ComponentType, DesignDocument, PriceBook, Template, TemplateForm, TemplateStep, TemplateVersion } from "./types";

/** Every version of every type. Documents of any age are drawn with them. */
export const listComponentTypes = () => get<ComponentType[]>("/api/component-types/?all_versions=1");
export const listTemplates = () => get<Template[]>("/api/templates/");
export const getTemplate = (key: string, form: TemplateForm) =>
  get<Template & { document: DesignDocument }>(`/api/templates/${encodeURIComponent(key)}/?form=${form}`);
export const listTemplateVersions = () => get<TemplateVersion[]>("/api/template-versions/");
/** `note` tells the author what to change, where the step is to return it. */
export const moveTemplateVersion = (id: number, step: TemplateStep, note = "") =>
  post<TemplateVersion>(`/api/template-versions/${String(id)}/${step}/`, note ? { note } : {});
export const listPriceBooks = () => get<PriceBook[]>("/api/price-books/");

export const templatePicture = (key: string, form: TemplateForm, theme: "light" | "dark") =>
  `/api/templates/${encodeURIComponent(key)}/diagram.svg?form=${form}&theme=${theme}`;
