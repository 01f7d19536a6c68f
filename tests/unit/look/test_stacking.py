"""Cells of a table know the words of their column."""

from markupsafe import Markup

from portal.web.stacking import labelled


def test_each_cell_carries_the_heading_of_its_column() -> None:
    rows = Markup('<tr class="r"><th scope="row">A</th><td>1</td><td class="n">2</td></tr><tr><td>B</td></tr>')
    told = labelled(rows, ("Name", 'How "many"', "Left"))
    assert told == (
        '<tr class="r"><th scope="row">A</th><td data-label="How &#34;many&#34;">1</td>'
        '<td data-label="Left" class="n">2</td></tr><tr><td data-label="Name">B</td></tr>'
    )


def test_a_wide_cell_counts_for_the_columns_it_covers() -> None:
    rows = Markup('<tr><th scope="row" colspan="2">In all</th><td>3</td><td>beyond</td></tr>')
    assert labelled(rows, ("Phase", "Dates", "Payment")) == (
        '<tr><th scope="row" colspan="2">In all</th><td data-label="Payment">3</td><td>beyond</td></tr>'
    )


def test_what_is_written_in_a_cell_stays_as_it_is() -> None:
    rows = Markup("<tr><td>&lt;td&gt; <br>&amp; table</td></tr>")
    assert labelled(rows, ("Words",)) == '<tr><td data-label="Words">&lt;td&gt; <br>&amp; table</td></tr>'
