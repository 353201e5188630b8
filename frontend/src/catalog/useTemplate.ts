import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { getTemplate } from "@/api/catalog";
import { keys } from "@/api/keys";
import type { TemplateForm } from "@/api/types";

/** One form of a template with its document. While another form is fetched, the one before stays. */
export const useTemplate = (key: string, form: TemplateForm) =>
  useQuery({
    queryKey: keys.template(key, form),
    queryFn: () => getTemplate(key, form),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
