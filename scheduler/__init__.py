"""A calendar scheduler and agenda generator for standing dialogues between governments: a map of the house.

Each room is a subject a civil servant would name, and uses the same four words: ``rules`` decides (pure), ``tables``
remembers, ``queries`` reads, ``actions`` does. Rooms only look down:

    app                     composition root: the only file that knows everything
    cli  jobs  web          doors: they translate the outside world into one query or action
    programmes              programme files in and out; the shipped ones
    feeds  reminders        what subscribers see; who is reminded of what, when
    invitations             delegations, what each delegate was told, and the answers that come back
    planning                dates for a year of rounds: rules, solver, independent checker, searches in the worker
    diaries                 when a post of one side is busy, and nothing else of its diary
    meetings                rounds, and what is owed in their light
    obligations             what was promised, how often; colours with reasons; lead times
    accounts                who may sign in and do what
    outbox                  letters to send, and the loop that sends them
    sources                 documents, passages, dated events
    partnerships            parties, offices, posts, themes, closed days
    audit                   who changed what
    db                      rows, engine, unit of work, and the layers that keep two sides apart
    ical  dates             pure: calendars as bytes; days, zones, cadence
    actor clock errors settings tokens words        who, when, what went wrong, configuration, randomness, languages
    markings typed memory   which markings may stand and which never; what people typed; what a process keeps

The wing ``agendas`` stands on these rooms; only ``app`` knows it.

Where to look first:

    what makes a duty amber or red      obligations/rules.py
    how long ahead a step is due        obligations/lead_times.py
    who may do what, signing included   accounts/rules.py, one table
    who sees which row                  db/layers.py
    what a plan keeps, at what price    planning/rules.py
    which bytes and ETag a feed has     feeds/composing.py; web/feed.py says it to programs
    which markings are refused          markings.py
    what must be pure                   the contract on what decides, in pyproject.toml
"""
