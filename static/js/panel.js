// A panel member's scores, kept on this device until the portal has received them. Without this file the page's own
// buttons do it. Each change has a key of its own, so that sending it twice keeps it once.
const root = document.querySelector('[data-panel]')
const NAME = `panel:${root.dataset.seat}`
const CACHE = `panel:${location.pathname}`
const PAUSE = 700
const RETRY = 8000

let memory = { waiting: [], refused: [] }
let keeps = true
let token = root.dataset.token
let locked = false
let sending = null
let timer = null
const known = new Map()

const find = (name) => root.querySelector(`[data-${name}]`)
const marks = [...root.querySelectorAll('[data-mark]')]
const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`
const clock = () => new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })

function read () {
  try {
    return JSON.parse(localStorage.getItem(NAME)) ?? { waiting: [], refused: [] }
  } catch {
    return memory
  }
}

function write (kept) {
  memory = kept
  try {
    if (kept.waiting.length || kept.refused.length) localStorage.setItem(NAME, JSON.stringify(kept))
    else localStorage.removeItem(NAME)
  } catch {
    keeps = false
  }
}

function say (sentence, tone = 'calm') {
  const place = find('status')
  if (place.textContent !== sentence) place.textContent = sentence
  place.dataset.tone = tone
}

const ready = (kept) => kept.waiting.filter((each) => each.score !== null)
const where = () => (keeps ? 'kept on this phone' : 'kept only while this page is open')

function sayWhatWaits (because) {
  const { waiting } = read()
  if (waiting.length) say(`${because}: ${where()}, ${waiting.length} waiting`, 'waiting')
  else say(`${because}. ${keeps ? 'What you score now is kept on this phone' : 'Keep this page open until there is one'}`, 'waiting')
}

// What somebody chose or wrote.
function shown (mark) {
  const chosen = mark.querySelector('input[type=radio]:checked')
  return { score: chosen ? Number(chosen.value) : null, comment: mark.querySelector('textarea').value }
}

function show (mark, score, comment) {
  for (const radio of mark.querySelectorAll('input[type=radio]')) radio.checked = Number(radio.value) === score
  mark.querySelector('textarea').value = comment
  mark.dispatchEvent(new CustomEvent('panel:shown', { bubbles: true }))
}

function note (mark) {
  const [appearance, criterion] = mark.dataset.mark.split(':').map(Number)
  const kept = read()
  const before = kept.waiting.find((each) => each.mark === mark.dataset.mark)
  const sequence = Math.max(known.get(mark.dataset.mark) ?? 0, before?.sequence ?? 0) + 1
  kept.waiting = kept.waiting.filter((each) => each !== before)
  const key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2, 14)}`
  kept.waiting.push({ key, mark: mark.dataset.mark, name: mark.dataset.name, appearance, criterion, sequence, ...shown(mark) })
  write(kept)
  count()
}

// Sending: one tab at a time, and never two requests of one page.
function flush () {
  clearTimeout(timer)
  sending ??= (navigator.locks ? navigator.locks.request(NAME, send) : send()).finally(() => { sending = null })
  return sending
}

const later = (pause) => { clearTimeout(timer); timer = setTimeout(flush, pause) }

async function ask (address, options = {}) {
  const answer = await fetch(address, { redirect: 'manual', cache: 'no-store', signal: AbortSignal.timeout(15000), ...options })
  if (answer.type === 'opaqueredirect' || answer.status === 401) throw new Error('signed out')
  return answer
}

async function post (changes) {
  const sent = changes.map(({ key, appearance, criterion, sequence, score, comment }) => ({ key, appearance, criterion, sequence, score, comment }))
  return ask(root.dataset.changes, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
    body: JSON.stringify({ changes: sent })
  })
}

async function send () {
  const changes = ready(read()).slice(0, 100)
  if (!changes.length) return settle()
  say('Sending…')
  try {
    let answer = await post(changes)
    if (answer.status === 400) {
      token = (await (await ask(root.dataset.state)).json()).token
      answer = await post(changes)
    }
    if (!answer.ok) throw new Error(String(answer.status))
    const said = await answer.json()
    receive(said)
    apply(said)
  } catch (problem) {
    if (problem.message === 'signed out') return say(`Sign in again in another tab to send: ${where()}, ${read().waiting.length} waiting`, 'waiting')
    sayWhatWaits(/^[45]/.test(problem.message) ? 'The portal could not take your scores' : 'No signal')
    return later(RETRY)
  }
  if (ready(read()).length) later(PAUSE)
  else settle(true)
}

// A change leaves this device once the portal answered for it; what was not taken stays to be read.
function receive ({ receipts }) {
  const kept = read()
  for (const receipt of receipts) {
    const change = kept.waiting.find((each) => each.key === receipt.key)
    kept.waiting = kept.waiting.filter((each) => each !== change)
    if (change && receipt.outcome !== 'taken') kept.refused.push({ ...change, words: receipt.words })
  }
  write(kept)
  listRefused()
}

function settle (saved = false) {
  const { waiting, refused } = read()
  if (waiting.length) say(`${plural(waiting.length, 'reason')} on this phone: choose a score as well`, 'waiting')
  else if (refused.length) say(`${plural(refused.length, 'score')} not taken. Read why below.`, 'wrong')
  else if (locked) say('Your scores are locked and can no longer be changed')
  else if (saved) say(`Saved ${clock()}`, 'saved')
}

function listRefused () {
  const { refused } = read()
  const list = find('refused-list')
  list.replaceChildren(...refused.map((each) => {
    const item = document.createElement('li')
    const name = document.createElement('strong')
    name.textContent = `${each.name}: ${each.score}`
    item.append(name, each.comment ? ` “${each.comment}”` : '', document.createElement('br'), each.words)
    return item
  }))
  const appears = refused.length > 0 && find('refused').hidden
  find('refused').hidden = refused.length === 0
  if (appears) find('refused').focus()
}

// How things stand on the portal: fills in what another device scored, and what is left before locking.
function apply (state) {
  const waiting = new Set(read().waiting.map((each) => each.mark))
  for (const { mark, sequence, score, comment } of state.marks) {
    known.set(mark, sequence)
    const place = marks.find((each) => each.dataset.mark === mark)
    if (place && !waiting.has(mark) && !place.contains(document.activeElement)) show(place, score, comment)
  }
  token = state.token
  locked = state.locked
  const lock = find('lock')
  if (lock && !state.locked) {
    lock.hidden = state.missing.length > 0
    find('missing').hidden = state.missing.length === 0
    find('missing-list').replaceChildren(...state.missing.map((each) => Object.assign(document.createElement('li'), { textContent: each })))
    lock.querySelector('[name=version]').value = state.version
  } else if (lock) {
    lock.hidden = find('missing').hidden = true
    for (const field of root.querySelectorAll('[data-mark] input, [data-mark] textarea')) field.disabled = true
  }
  count()
  remember(state)
}

// How far each firm is, waiting scores included.
function count () {
  for (const place of root.querySelectorAll('[data-done]')) {
    const own = marks.filter((each) => each.dataset.mark.startsWith(`${place.dataset.done}:`))
    const done = own.filter((each) => shown(each).score !== null).length
    const tag = document.createElement('strong')
    tag.className = `govuk-tag govuk-tag--${done ? 'yellow' : 'blue'}`
    tag.textContent = done ? `${done} of ${own.length}` : 'Not scored'
    place.replaceChildren(own.length && done === own.length ? 'Scored' : tag)
  }
}

// So that this one page can be loaded again in a basement: its address, its assets, and the scores as they stand.
async function remember (state) {
  if (!navigator.serviceWorker?.controller && !(await registered)) return
  const cache = await caches.open(CACHE)
  await cache.put(root.dataset.state, new Response(JSON.stringify(state), { headers: { 'Content-Type': 'application/json', 'X-Kept': '1' } }))
}

async function register () {
  if (!navigator.serviceWorker || !marks.length) return false
  try {
    await navigator.serviceWorker.register(root.dataset.worker, { scope: location.pathname })
    const cache = await caches.open(CACHE)
    const assets = [...document.querySelectorAll('link[rel=stylesheet], link[rel=modulepreload], link[rel=icon]')].map((each) => each.href)
    await cache.addAll([...assets, ...[...document.scripts].map((each) => each.src).filter(Boolean)])
    const page = await ask(location.pathname)
    if (page.ok) await cache.put(location.pathname, page)
    return true
  } catch {
    return false
  }
}

async function catchUp () {
  try {
    const answer = await ask(root.dataset.state)
    const state = await answer.json()
    const old = answer.headers.has('X-Kept')
    if (!old) document.dispatchEvent(new CustomEvent('panel:clock', { detail: Date.parse(state.now) }))
    apply(state)
    if (old) sayWhatWaits('No signal')
  } catch {
    if (!navigator.onLine) sayWhatWaits('No signal')
  }
  flush()
}

const registered = register()
for (const change of read().waiting) {
  const place = marks.find((each) => each.dataset.mark === change.mark)
  if (place) show(place, change.score, change.comment)
}
listRefused()
count()
catchUp()

root.addEventListener('input', (event) => {
  const mark = event.target.closest('[data-mark]')
  if (!mark) return
  note(mark)
  later(event.target.type === 'radio' ? 0 : PAUSE)
})
window.addEventListener('online', catchUp)
window.addEventListener('offline', () => sayWhatWaits('No signal'))
document.addEventListener('visibilitychange', () => { if (!document.hidden) catchUp() })
find('acknowledge').addEventListener('click', () => {
  write({ ...read(), refused: [] })
  listRefused()
  find('status').textContent = ''
  settle()
})
for (const form of root.querySelectorAll('form')) {
  form.addEventListener('submit', async (event) => {
    if (form.closest('[data-page]')) { event.preventDefault(); flush(); return }
    if (!read().waiting.length) return
    event.preventDefault()
    await flush()
    if (read().waiting.length) sayWhatWaits('Not locked, because not everything has arrived yet')
    else form.requestSubmit()
  })
}
