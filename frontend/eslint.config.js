import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "public/", "src/api/schema.d.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    files: ["src/**/*.{ts,tsx}"],
    extends: [reactHooks.configs.flat.recommended, jsxA11y.flatConfigs.recommended],
    rules: {
      "@typescript-eslint/consistent-type-definitions": "off",
      // JSON types refer to themselves, which Record cannot; a merge patch is made of keys that come and go.
      "@typescript-eslint/consistent-indexed-object-style": "off",
      "@typescript-eslint/no-dynamic-delete": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      eqeqeq: "error",
      "no-console": "error",
      // The API speaks snake_case and the types keep it, so naming is not checked here.
      camelcase: "off",
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: ["@mantine/core/styles.css"], message: "Add the one component's style to src/app/mantine.css." },
          ],
        },
      ],
    },
  },
  {
    // The document is plain data: it knows neither React nor the network.
    files: ["src/document/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: ["react", "react-dom", "@mantine/*", "@xyflow/*", "@/ui/*", "@/canvas/*"] },
      ],
    },
  },
);
