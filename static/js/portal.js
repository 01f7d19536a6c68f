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

// Signing out takes from this device what the panel's page kept on it; what the portal never received is asked about first.
for (const form of document.querySelectorAll('form[action="/sign-out"]')) {
  form.addEventListener('submit', (event) => {
    let kept = []
    try { kept = Object.keys(localStorage).filter((name) => name.startsWith('panel:')) } catch { return }
    if (kept.length && !window.confirm('Scores that the portal has not received are on this device. Signing out removes them.')) {
      event.preventDefault()
      return
    }
    for (const name of kept) localStorage.removeItem(name)
    globalThis.caches?.keys().then((names) => { for (const name of names) if (name.startsWith('panel:')) caches.delete(name) })
  })
}
