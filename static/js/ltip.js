/* Everything works without this file. It spares a second click, reloads a region that is waiting
   for a job, and opens every "Why?" on paper where the browser's style sheet cannot. */
"use strict";

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  setTimeout(() => release(form), 8000); // an answer that is a download leaves the page as it is
});

window.addEventListener("pageshow", () => {
  for (const form of document.forms) release(form);
});

document.querySelector("[data-first-look]")?.focus();

/* <section id="run" data-poll="2"> is fetched again from this page's own address every two seconds,
   until the page answers with a region that no longer asks for it. */
async function poll(region) {
  await new Promise((done) => setTimeout(done, Number(region.dataset.poll) * 1000));
  let next = region;
  try {
    const answer = await fetch(window.location.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return window.location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    next = page.getElementById(region.id);
    if (!next || !next.dataset.poll) return window.location.reload();
    region.replaceWith(next);
  } catch {
    next = region;
  }
  return poll(next);
}
for (const region of document.querySelectorAll("[data-poll]")) poll(region);

let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll(".why:not([open])")];
  for (const details of opened) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});
