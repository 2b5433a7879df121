// The print button: shown only where it can work. The page is whole without it.
const button = document.querySelector("button.print");
if (button && window.print) {
  button.addEventListener("click", () => window.print());
  button.hidden = false;
}
