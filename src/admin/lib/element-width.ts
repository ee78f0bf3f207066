import { type RefObject, useLayoutEffect, useRef, useState } from "react"

/** The width of an element in pixels, now and whenever it changes; 0 until it is in the page. */
export function useElementWidth<Element extends HTMLElement>(): [RefObject<Element>, number] {
  const element = useRef<Element>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    if (element.current === null) {
      return
    }
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [])
  return [element, width]
}
