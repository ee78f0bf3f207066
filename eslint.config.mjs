import medusa from "@medusajs/eslint-plugin"
import tseslint from "typescript-eslint"

/**
 * Medusa's preset, for the application only: its patterns would also match rooms of the sandbox (a folder named `api`), and
 * its list of files to ignore would leave every test unread.
 */
const medusaRules = medusa.configs.recommended
  .filter((part) => Object.keys(part).some((key) => key !== "ignores"))
  .map((part) => (part.files ? { ...part, files: part.files.map(underSrc) } : part))

function underSrc(pattern) {
  return pattern.startsWith("src/") ? pattern : `src/${pattern}`
}

/** Of TypeScript's rules the ones that find mistakes; how code looks is prettier's business. */
const typescriptRules = {
  "@typescript-eslint/no-explicit-any": "error",
  "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
  "@typescript-eslint/no-require-imports": "off",
  // Medusa's link and module definitions augment what is declared empty.
  "@typescript-eslint/no-empty-object-type": "off",
  eqeqeq: ["error", "always", { null: "ignore" }],
  "no-constant-condition": ["error", { checkLoops: false }],
  "no-empty": "error",
}

/** Rules that ask the type checker: what they find is invisible otherwise. */
const typeAwareRules = {
  "@typescript-eslint/await-thenable": "error",
  "@typescript-eslint/no-floating-promises": "error",
  "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
  "@typescript-eslint/no-unnecessary-type-assertion": "error",
  "@typescript-eslint/only-throw-error": "error",
  "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
}

export default tseslint.config(
  { ignores: ["**/node_modules/**", ".medusa/**", ".data/**", "static/**", "coverage/**"] },
  ...medusaRules,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.recommended],
    rules: typescriptRules,
  },
  {
    files: ["**/*.{ts,tsx}"],
    ignores: ["src/admin/**"],
    languageOptions: { parserOptions: { project: "./tsconfig.check.json", tsconfigRootDir: import.meta.dirname } },
    rules: typeAwareRules,
  },
  {
    // Code for the browser, with a compiler configuration of its own.
    files: ["src/admin/**/*.{ts,tsx}"],
    languageOptions: {
      parserOptions: { project: "./src/admin/tsconfig.json", tsconfigRootDir: import.meta.dirname },
    },
    rules: typeAwareRules,
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    rules: {
      // It takes every number that ends in 00 for cents; a Shopee order in Indonesia costs 41000.
      "@medusajs/prices-in-major-units": "off",
      // A step's id names its channel, since ids are unique in all of Medusa; its file lies in the channel's folder.
      "@medusajs/step-id-kebab-case": "off",
      // It takes a predicate that is used twice for a step. Medusa itself refuses a workflow with a step twice.
      "@medusajs/no-duplicate-step-id-in-workflow": "off",
    },
  },
  {
    // Errors are this project's vocabulary (one class a failure); Medusa's own kind is for what an HTTP client is told.
    files: ["src/**/*.ts"],
    ignores: ["src/api/**"],
    rules: { "@medusajs/use-medusa-error-not-generic-error": "off" },
  }
)
