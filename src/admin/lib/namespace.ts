/** The namespace of this project's texts in the Admin's i18n. */
export const NAMESPACE = "connectors"
