"""Every element of our Markdown once, for the style page."""

SAMPLE = """\
## Words

A paragraph with *emphasis*, **strong words**, `code`, a [link](https://www.example.org/), a
footnote[^1] and a line that is long enough to show the measure at which the page sets its text.

[^1]: A note that stands at the end of the page.

### A smaller heading

- one thing
- another thing, longer, so that the second line shows how it hangs under the first and not under
  the dot

1. first
2. second

> Somebody else's words, set apart.

Term
: What the term means.

## Call-outs

::: note
A note without a title of its own.
:::

::: warning Before you go on
A warning with a title.
:::

::: example A repair in numbers
A worked example.
:::

::: try
Something to do now.
:::

## Tables and code

Table: Example prices of an invented shop, in euro.

| Work | Part | Labour | Total |
|---|---:|---:|---:|
| Puncture | 3 | 12 | 15 |
| New chain | 22 | 16 | 38 |

```python title="total.py" run
def total(part: int, labour: int) -> int:
    \"\"\"Return what a repair costs, in euro.\"\"\"
    return part + labour


print(total(22, 16))  # a comment that is long enough to show what a line does that is too wide
```

```text output
38
```
"""
