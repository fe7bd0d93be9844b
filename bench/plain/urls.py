"""Put the flow on viewflow's own site."""

from django.urls import path
from viewflow.urls import Site
from viewflow.workflow.flow import FlowViewset, WorkflowAppViewset

from bench.plain.flows import PermitFlow

site = Site(
    title="plain",
    viewsets=[WorkflowAppViewset(flow_viewsets=[FlowViewset(PermitFlow, icon="assignment")])],
)
urlpatterns = [path("", site.urls)]
