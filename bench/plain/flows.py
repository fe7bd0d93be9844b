"""Say who works next: the same procedure as `bench.permits.flows`."""

from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.flow.views import CreateProcessView, UpdateProcessView

from bench.plain.models import PermitProcess

OPINION = ["decision", "note"]


class PermitFlow(flow.Flow):
    """Preliminary review, one return, two reviewers in parallel, decision, paper."""

    process_class = PermitProcess
    lock_impl = lock.select_for_update_lock

    start = flow.Start(CreateProcessView.as_view(fields=["title"])).Next(this.check)
    check = (
        flow.View(UpdateProcessView.as_view(fields=OPINION))
        .Permission("plain.check")
        .Next(this.is_accepted)
    )
    is_accepted = (
        flow.If(lambda activation: activation.process.decision != "return")
        .Then(this.split)
        .Else(this.supplement)
    )
    supplement = (
        flow.View(UpdateProcessView.as_view(fields=["title"]))
        .Assign(this.start.owner)
        .Next(this.check)
    )
    split = flow.Split().Next(this.review_first).Next(this.review_second)
    review_first = (
        flow.View(UpdateProcessView.as_view(fields=OPINION))
        .Permission("plain.review_first")
        .Next(this.join)
    )
    review_second = (
        flow.View(UpdateProcessView.as_view(fields=OPINION))
        .Permission("plain.review_second")
        .Next(this.join)
    )
    join = flow.Join().Next(this.decide)
    decide = (
        flow.View(UpdateProcessView.as_view(fields=OPINION))
        .Permission("plain.decide")
        .Next(this.issue)
    )
    issue = (
        flow.View(UpdateProcessView.as_view(fields=["note"]))
        .Permission("plain.issue")
        .Next(this.end)
    )
    end = flow.End()
