import { describe, expect, test } from 'vitest'
import { readHtml } from './read-html.ts'
import { readMarkdown } from './read-markdown.ts'
import { readText, headingKey } from './read-text.ts'
import { sentencesOf, type Sentence } from './sentences.ts'

/** One page of our own, in the three forms that users have. */
const markdown = `---
title: How to lock the door
---

The door is **locked** with a key. Without [a key](https://example.org "a key") nobody comes in!

## Set-up

\`--door=<path>\`: The door to lock. It must be *closed*.

\`--bell\`: Rings the bell (e.g. For guests, friends, etc.). Comes with v1.2.3+.

Start it with \`lockd\` and the option \`--bell\`, as below:

\`\`\`sh
$ lockd --door /front \\
  --bell

# a second one
$ lockd --door=/back
\`\`\`

The guest's bell doesn't ring:

\`\`\`json
{
  "bell": "silent"
}
\`\`\`

## What it does

1. Doors at \`10.0.0.2\`, not \`10.0.0.3\`, are shut with the error \`x509: no door\`.
2. If the door is open and
\`"Bell"\` is not empty, it rings.
`

const html = `<!doctype html><html><head><title>not the page</title><style>p { color: red }</style></head>
<body><nav><ul><li>Elsewhere. Not the page.</li></ul></nav>
<main><h1>How to lock the door</h1>
<p>The door is <strong>locked</strong> with a key. Without <a href="https://example.org">a key</a> nobody comes in!</p>
<h2 id="set-up">Set-up<a class="anchor" href="#set-up" aria-hidden="true"></a></h2>
<dl><dt><code>--door=&lt;path&gt;</code></dt><dd>The door to lock. It must be <em>closed</em>.</dd>
<dt><code>--bell</code></dt><dd>Rings the bell (e.g. For guests, friends, etc.). Comes with v1.2.3+.</dd></dl>
<p>Start it with <code>lockd</code> and the option
  <code>--bell</code>, as below:</p>
<div class="highlight"><pre tabindex="0"><code><span>$ lockd --door /front <span>\\</span></span>
<span>  --bell</span>

<span># a second one</span>
<span>$ lockd --door=/back</span></code></pre></div>
<p>The guest’s bell doesn’t ring:</p>
<pre><code>{
  &quot;bell&quot;: &quot;silent&quot;
}
</code></pre>
<h2>What it does</h2>
<ol><li><p>Doors at <code>10.0.0.2</code>, not <code>10.0.0.3</code>, are shut with the error <code>x509: no door</code>.</p></li>
<li><p>If the door is open and <code>&ldquo;Bell&rdquo;</code> is not empty, it rings.</p></li></ol>
<script>document.write('Not the page. At all.')</script></main>
<footer>Not the page.</footer></body></html>`

/** As a reader copies it: a line break after each piece of code, commands run together. */
const text = `How to lock the door
The door is locked with a key. Without a key nobody comes in!
Set-up
--door=<path>
: The door to lock. It must be closed.
--bell
: Rings the bell (e.g. For guests, friends, etc.). Comes with v1.2.3+.
Start it with lockd
and the option --bell
, as below:
$ lockd --door /front \\ --bell # a second one $ lockd --door=/back
The guest’s bell doesn’t ring:
{ "bell": "silent" }
What it does
-
Doors at 10.0.0.2
, not 10.0.0.3
, are shut with the error x509: no door
.
-
If the door is open and
"Bell"
is not empty, it rings.
`

const headings = new Set(['How to lock the door', 'Set-up', 'What it does'].map(headingKey))
const forms: Record<string, readonly Sentence[]> = {
  markdown: sentencesOf(readMarkdown(markdown)),
  html: sentencesOf(readHtml(html)),
  text: sentencesOf(readText(text, headings)),
}
const kept = ({ heading, print, kind }: Sentence) => ({
  heading: headingKey(heading),
  print,
  code: kind === 'code',
})

describe('one page in three forms', () => {
  test('has the sentences that its author wrote', () => {
    expect(forms['markdown']?.map(({ whole }) => whole)).toEqual([
      'The door is locked with a key.',
      'Without a key nobody comes in!',
      '--door=<path>: The door to lock.',
      '--door=<path>: It must be closed.',
      '--bell: Rings the bell (e.g. For guests, friends, etc.).',
      '--bell: Comes with v1.2.3+.',
      'Start it with lockd and the option --bell, as below:',
      '$ lockd --door /front \\\n  --bell\n\n# a second one\n$ lockd --door=/back',
      "The guest's bell doesn't ring:",
      '{\n  "bell": "silent"\n}',
      'Doors at 10.0.0.2, not 10.0.0.3, are shut with the error x509: no door.',
      'If the door is open and "Bell" is not empty, it rings.',
    ])
  })

  test.each(['html', 'text'])('gives the same fingerprints as %s', (form) => {
    const [first, ...others] = forms['markdown']?.map(kept) ?? []
    const [same, ...rest] = forms[form]?.map(kept) ?? []
    // Front matter has no heading: what comes first stands under none.
    expect(same?.print).toBe(first?.print)
    expect(rest.slice(1)).toEqual(others.slice(1))
  })

  test('a word more is another sentence', () => {
    const prints = (page: string) => sentencesOf(readMarkdown(page)).map(({ print }) => print)
    const edited = prints(markdown.replace('It must be *closed*.', 'It must not be *closed*.'))
    const before = prints(markdown)
    expect(edited.filter((print) => !before.includes(print))).toHaveLength(1)
    expect(edited).toHaveLength(before.length)
  })
})

describe('plain text whose commands keep their lines', () => {
  test('is one command from the prompt to the end of its continuation lines', () => {
    const article =
      'Do this:\n# first\nopenssl genrsa -out ca.key\netcd \\\n--name e1 \\\n--bell\nThat is all.'
    expect(sentencesOf(readText(article, new Set())).map(({ whole }) => whole)).toEqual([
      'Do this:',
      '# first\nopenssl genrsa -out ca.key\netcd \\\n--name e1 \\\n--bell',
      'That is all.',
    ])
  })

  test('takes options apart that were run together', () => {
    const article = 'Look at these:--cert: The pair.--key: Its key. It is secret.'
    expect(sentencesOf(readText(article, new Set())).map(({ whole }) => whole)).toEqual([
      'Look at these:',
      '--cert: The pair.',
      '--key: Its key.',
      '--key: It is secret.',
    ])
  })
})
