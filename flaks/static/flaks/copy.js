// The copy buttons of code blocks. The page works without this file: the buttons stay hidden.

const FEEDBACK_MS = 2000;

function selectText(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

// navigator.clipboard exists on https and loopback only; elsewhere the old command still copies a selection.
async function copyText(element) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(element.textContent);
    return;
  }
  selectText(element);
  if (!document.execCommand("copy")) throw new Error("copy refused");
}

function show(button, text) {
  const label = button.querySelector("[data-copy-label]");
  label.textContent = text;
  window.setTimeout(() => { label.textContent = "Copy"; }, FEEDBACK_MS);
}

async function onCopy(button) {
  const source = document.getElementById(button.dataset.copy);
  try {
    await copyText(source);
    show(button, "Copied");
  } catch {
    selectText(source);
    show(button, "Selected");
  }
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => onCopy(button));
}
