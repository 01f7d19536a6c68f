// Saves what a form holds (a section of a response, a score) a moment after somebody stops typing. Without this file the save button does it.
const PAUSE = 800
const place = document.querySelector('[data-autosave]')
const form = place?.closest('form')

if (form) {
  const version = form.elements.namedItem('version')
  let timer = null
  let saving = false
  let again = false
  let over = false
  let leaving = null

  const say = (sentence, wrong = false) => {
    place.textContent = sentence
    place.classList.toggle('app-autosave--wrong', wrong)
  }

  const typed = () => {
    const { csrf_token: _token, ...fields } = Object.fromEntries(new FormData(form))
    return { ...fields, version: version.value === '' ? null : Number(version.value) }
  }

  // A colleague saved another text meanwhile: both stay on the page until a person chooses.
  const both = form.querySelector('[data-both]')
  const box = form.elements.namedItem('text')

  const showBoth = (theirs, theirVersion) => {
    const make = (name, classes, text) => Object.assign(document.createElement(name), { className: classes, textContent: text })
    const choose = (words, act) => {
      const button = make('button', 'govuk-button govuk-button--secondary', words)
      button.type = 'button'
      button.addEventListener('click', () => {
        act()
        version.value = theirVersion ?? ''
        over = false
        both.hidden = true
        box.focus()
        save()
      })
      return button
    }
    const buttons = make('div', 'govuk-button-group', '')
    buttons.append(
      choose('Keep mine', () => {}),
      choose('Keep theirs', () => { box.value = theirs }),
      choose('Keep both, mine first', () => { box.value = `${box.value}\n\n${theirs}` })
    )
    both.replaceChildren(make('h2', 'govuk-heading-m', 'What your colleague saved'), make('div', 'app-both__text', theirs), buttons)
    both.className = 'app-both'
    both.hidden = false
  }

  const send = async () => {
    const answer = await fetch(place.dataset.autosave, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': form.elements.namedItem('csrf_token').value },
      body: JSON.stringify(typed())
    })
    const said = answer.headers.get('Content-Type')?.includes('json') ? await answer.json() : null
    if (answer.ok && said) {
      version.value = said.version ?? ''
      const time = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
      say(said.message ? `Saved at ${time}, except the price. ${said.message}` : `Saved at ${time}`, Boolean(said.message))
    } else if (answer.status === 409 && said) {
      over = true
      say(said.message, true)
      if (typeof said.theirs === 'string') showBoth(said.theirs, said.version)
    } else {
      say('Not saved yet. Sign in again in another tab, or use the save button.', true)
    }
  }

  const save = async () => {
    if (saving) { again = true; return }
    saving = true
    try {
      await send()
    } catch {
      say('Not saved yet: no connection. What you typed is still here.', true)
      timer = setTimeout(save, 5000)
    }
    saving = false
    if (leaving) { const by = leaving; leaving = null; form.requestSubmit(by) } else if (again) { again = false; save() }
  }

  const mark = form.querySelector('[data-mark]')
  if (mark) {
    mark.hidden = false
    mark.addEventListener('click', () => {
      const { selectionStart: from, selectionEnd: to } = box
      box.focus()
      if (from === to) return
      box.setRangeText(`[[${box.value.slice(from, to)}]]`, from, to, 'select')
      box.dispatchEvent(new Event('input', { bubbles: true }))
    })
  }

  form.addEventListener('input', () => {
    if (over) return
    clearTimeout(timer)
    timer = setTimeout(save, PAUSE)
  })

  // A save on its way must come back before the form leaves with the version it answers.
  form.addEventListener('submit', (event) => {
    clearTimeout(timer)
    if (saving) { event.preventDefault(); leaving = event.submitter }
  })
}
