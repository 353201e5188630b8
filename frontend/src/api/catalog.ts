import { get, post } from "./client";
import type { ComponentType, DesignDocument, JsonObject, PriceBook, Template, TemplateForm, TemplateStep, TemplateVersion } from "./types";

/** Every version of every type. Documents of any age are drawn with them. */
export const listComponentTypes = () => get<ComponentType[]>("/api/component-types/?all_versions=1");
export const listTemplates = () => get<Template[]>("/api/templates/");
/** With parameters, document, count and prices are what they make of it. */
export const getTemplate = (key: string, form: TemplateForm, parameters: JsonObject = {}) =>
  get<Template & { document: DesignDocument }>(`/api/templates/${encodeURIComponent(key)}/?${chosen(form, parameters)}`);
export const listTemplateVersions = () => get<TemplateVersion[]>("/api/template-versions/");
/** `note` tells the author what to change, where the step is to return it. */
export const moveTemplateVersion = (id: number, step: TemplateStep, note = "") =>
  post<TemplateVersion>(`/api/template-versions/${String(id)}/${step}/`, note ? { note } : {});
export const listPriceBooks = () => get<PriceBook[]>("/api/price-books/");

export const templatePicture = (key: string, form: TemplateForm, theme: "light" | "dark", parameters: JsonObject = {}) =>
  `/api/templates/${encodeURIComponent(key)}/diagram.svg?${chosen(form, parameters)}&theme=${theme}`;
/** What a reviewer looks at. */
export const templateVersionPicture = (id: number, theme: "light" | "dark") => `/api/template-versions/${String(id)}/diagram.svg?theme=${theme}`;

function chosen(form: TemplateForm, parameters: JsonObject): string {
  const said = new URLSearchParams({ form });
  if (Object.keys(parameters).length > 0) said.set("parameters", JSON.stringify(parameters));
  return said.toString();
}
