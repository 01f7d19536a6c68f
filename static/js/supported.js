// The styles that only make sense with script (a counter, a show-password button) wait for these classes. The packaged
// template sets them inline, which the content security policy forbids.
document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('govuk-frontend-supported')
}
