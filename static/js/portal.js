// Everything works without this file: it makes what the server already answers quicker to use.
import {
  Button, CharacterCount, Checkboxes, createAll, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink
} from 'govuk-frontend'

for (const component of [
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink
]) {
  createAll(component)
}

// The points of the criteria, added up as they are typed; the server shows the same sum when the page is saved.
for (const box of document.querySelectorAll('[data-points]')) {
  const total = box.querySelector('[data-points-total]')
  box.addEventListener('input', () => {
    const points = [...box.querySelectorAll('[data-point]')].map((field) => Number(field.value) || 0)
    const sum = points.reduce((all, each) => all + each, 0)
    total.textContent = String(sum)
    total.parentElement.classList.toggle('app-total--right', sum === 100)
  })
}
