"""The commands of `pressgen` by group, each with the first sentence of its help.

The list of commands is printed from here without importing any of them.
"""

from __future__ import annotations

from typing import Final

GROUPS: Final = {
    "Write": {
        "init_new.new": "Start a release: releases/SLUG/release.yaml, to fill in.",
        "build.build": "Make Word file, PDF, web page and mail text of each RELEASE.",
        "write.write": "Write RELEASE in Word: each save goes into its release.yaml.",
        "import_releases.import_": "Turn old Word files, PDFs, web pages, mails and texts into releases.",
    },
    "Check": {
        "check_rules.check": "Find mistakes in each RELEASE before an editor does.",
        "check_rules.rules": "List the rules of `pressgen check`, or explain the rule CODE.",
        "verify.verify": "Find faults in any PDF or Word file, whoever made it.",
    },
    "Review": {
        "review.review": "Send a release to editors, and take in what they changed.",
        "redline.redline": "Show what changed between two versions, OLD and NEW.",
    },
    "Approve": {
        "submit_clear_approve.submit": "Submit RELEASE for approval.",
        "submit_clear_approve.clear": "Record that a speaker has cleared their words in RELEASE.",
        "submit_clear_approve.approve": "Approve RELEASE, which somebody else submitted.",
        "status_history_clock.status": "Show the state of each RELEASE, or of all releases.",
        "status_history_clock.history": "Show who did what with a release, when and why.",
    },
    "Send": {
        "issue_trace.issue": "Send the approved RELEASE to the people on a mailing list.",
        "lists.lists": "Import mailing lists, change an address, remove a reader.",
        "bounces.bounces": "Read returned mail, and record who did not receive a release.",
        "issue_trace.trace": "Find out whose copy FILE is: a PDF, a Word file, or text.",
        "grid_breach_report.breach_report": "List who had RELEASE before it became public.",
    },
    "Publish": {
        "schedule_lift_worker.schedule": "Schedule RELEASE to be published when its embargo ends.",
        "schedule_lift_worker.unschedule": "Cancel the scheduled publication of RELEASE.",
        "schedule_lift_worker.lift": "Publish RELEASE now, or with --due all whose time has come.",
        "schedule_lift_worker.worker": "Run until stopped, and publish each release at its time.",
        "due.due": "List what is due soon, is overdue, or needs a second look.",
        "move_correct_withdraw.move": "Move the embargo of RELEASE to an earlier or later time.",
        "move_correct_withdraw.correct": "Replace RELEASE with its corrected version, and tell readers.",
        "move_correct_withdraw.withdraw": "Withdraw RELEASE for good, and tell everybody who has it.",
        "grid_breach_report.grid": "Show the calendar of all releases.",
    },
    "Archive": {
        "find_statistics.find": "Find releases by WORDS, people, ratings or dates.",
        "find_statistics.statistics": "Write a page of figures and plots about all releases.",
    },
    "Set up": {
        "init_new.init": "Make FOLDER a workspace for releases and templates.",
        "manual_schema_template_doctor.template": "Check the templates of a house, or make them of your letterhead.",
        "manual_schema_template_doctor.doctor": "Show what this machine lacks, and how to install it.",
        "manual_schema_template_doctor.manual_": "Print a CHAPTER of the manual, or the list of chapters.",
        "manual_schema_template_doctor.schema": "Print the JSON Schema of release.yaml, for your editor.",
        "login.login": "Sign in to Microsoft 365 or Google, to send by CHANNEL.",
        "engine.engine": "Inspect and repair the scheduler.",
        "status_history_clock.clock": "Confirm that this machine's clock is right again.",
    },
}  # fmt: skip
"""By group: each command's module and name, and the first sentence of its help."""
