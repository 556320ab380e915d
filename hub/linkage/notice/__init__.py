"""Reading a published notice and drafting a double list (双清单) from it. Pure: no database, no web.

The way through: ``read`` (file → text) → ``lines`` → ``outline`` (numbering) → ``passages`` (item texts with their
statements) → ``division`` (who leads, who cooperates) and ``deadlines`` → ``draft``. Names resolve through ``roster``.

What becomes an item, decided once here:

- A passage with a statement of responsibility is an item: a labelled line (责任单位, 牵头单位, 配合单位), a labelled
  or plain bracket at the end of a paragraph (（责任单位：…）, （县法院牵头，县司法局配合）), a row of a table of tasks.
  That holds in every section, safeguards included. A statement on its own line after the last of several numbered
  points belongs to the passage above them when no point of the notice has its own.
- A numbered passage without one is an item when its sentences name a known unit with 牵头 and it does not stand among
  aims, organisation or safeguards (there it is reported).
- A numbered passage is also an item when a known unit acts in it: 由 + unit, or a unit that opens the first sentence
  after the heading. Where other passages have statements, it must act with others (会同, 配合, 按职责分工负责). Units
  deeper in the text are background.
- Every other numbered passage outside aims, organisation and safeguards is reported; nothing is guessed from the
  subject matter.

Lead and cooperating units: see ``division``. Open phrases (各有关单位, 等) are never units and never dropped: they are
reported. A group (各乡镇(街道)) expands by the roster or is reported. A unit outside the roster
stays with its printed name and is reported.

Deadlines: see ``deadlines``. The labelled line rules; without one, the single date, recurrence or 长期坚持 of the
sentences counts, with a note; otherwise the kind stays open (None) and is reported.

``no`` of an item is its printed number where that is unique in the notice, else the path of numbers (2.3.1). It
depends on the text alone, never on the roster, and with the file's digest is the natural key of the item.
"""
