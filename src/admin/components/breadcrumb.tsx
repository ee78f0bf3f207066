import { useTranslation } from "react-i18next"
import { NAMESPACE } from "../lib/namespace"

/** A page's name above it, and above the pages under it. */
export const Breadcrumb = ({ text }: { text: string }) => useTranslation(NAMESPACE).t(text)
