"""The commands of `pressgen` by group, each with the first sentence of its help.

The list of commands is printed from here without importing any of them.
"""

from __future__ import annotations

from typing import Final

GROUPS: Final = {
    "Write": {
        "starting.new": "Start a release: releases/SLUG/release.yaml, to fill in.",
        "building.build": "Make Word file, PDF, web page and mail text of each RELEASE.",
        "importing.import_": "Turn old Word files, web pages and mails into releases.",
    },
    "Check": {
        "checking.check": "Find mistakes in each RELEASE before an editor does.",
        "checking.rules": "List the rules of `pressgen check`, or explain the rule CODE.",
        "verifying.verify": "Find faults in any PDF or Word file, whoever made it.",
    },
    "Review": {
        "reviewing.review": "Send a release to editors, and take in what they changed.",
        "redlining.redline": "Show what changed between two versions, OLD and NEW.",
    },
    "Approve": {
        "signing.submit": "Submit RELEASE for approval.",
        "signing.clear": "Record that a speaker has cleared their words in RELEASE.",
        "signing.approve": "Approve RELEASE, which somebody else submitted.",
        "status.status": "Show the state of each RELEASE, or of all releases.",
        "status.history": "Show who did what with a release, when and why.",
    },
    "Send": {
        "issuing.issue": "Send the approved RELEASE to the people on a mailing list.",
        "listing.lists": "Import mailing lists, change an address, remove a reader.",
        "returning.bounces": "Read returned mail, and record who did not receive a release.",
        "issuing.trace": "Find out whose copy FILE is: a PDF, a Word file, or text.",
        "planning.breach_report": "List who had RELEASE before it became public.",
    },
    "Publish": {
        "lifting.schedule": "Schedule RELEASE to be published when its embargo ends.",
        "lifting.unschedule": "Cancel the scheduled publication of RELEASE.",
        "lifting.lift": "Publish RELEASE now, or with --due all whose time has come.",
        "lifting.worker": "Run until stopped, and publish each release at its time.",
        "due.due": "List what is due soon, is overdue, or needs a second look.",
        "changing.move": "Move the embargo of RELEASE to an earlier or later time.",
        "changing.correct": "Replace RELEASE with its corrected version, and tell readers.",
        "changing.withdraw": "Withdraw RELEASE for good, and tell everybody who has it.",
        "planning.grid": "Show the calendar of all releases.",
    },
    "Archive": {
        "finding.find": "Find releases by WORDS, people, ratings or dates.",
        "report.statistics": "Write a page of figures and plots about all releases.",
    },
    "Set up": {
        "starting.init": "Make FOLDER a workspace for releases and templates.",
        "info.template": "Check the templates of a house.",
        "info.doctor": "Show what this machine lacks, and how to install it.",
        "info.manual_": "Print a CHAPTER of the manual, or the list of chapters.",
        "info.schema": "Print the JSON Schema of release.yaml, for your editor.",
        "logging_in.login": "Sign in to Microsoft 365 or Google, to send by CHANNEL.",
        "engine.engine": "Inspect and repair the scheduler.",
        "status.clock": "Confirm that this machine's clock is right again.",
    },
}  # fmt: skip
"""By group: each command's module and name, and the first sentence of its help."""
