// The form's bare frame: it stands as soon as search is asked for, and keeps what is typed meanwhile.

import { element } from "./dom.js";

/**
 * @param words `{ search, placeholder }`
 * @returns `{ element, form, input, status, isComposing() }`; the view (view.js) builds around them,
 *   and never moves the input, which would end a composition
 */
export function makeShell({ search, placeholder }) {
  let isComposing = false;
  const input = element("input", {
    type: "search",
    name: "q",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    enterkeyhint: "search",
    maxlength: "200",
    placeholder,
    "aria-label": search,
    oncompositionstart: () => (isComposing = true),
    oncompositionend: () => (isComposing = false),
  });
  const form = element(
    "form",
    { class: "search-form", role: "search", onsubmit: (event) => event.preventDefault() },
    element("div", { class: "search-field" }, input),
  );
  const status = element("p", { class: "search-status", role: "status" });
  return { element: element("div", { class: "search" }, form, status), form, input, status, isComposing: () => isComposing };
}
