import en from "./en.json"

/** Texts of the Admin's extensions by language. A language that is missing falls back to English. */
export default { en: { connectors: en } }
