import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { getTemplate } from "@/api/catalog";
import { keys } from "@/api/keys";
import type { JsonObject, TemplateForm } from "@/api/types";

/** One form of a template with its document, as drawn or with parameters. While another is fetched, the one before stays. */
export const useTemplate = (key: string, form: TemplateForm, parameters: JsonObject = {}) =>
  useQuery({
    queryKey: keys.template(key, form, parameters),
    queryFn: () => getTemplate(key, form, parameters),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
