"""Addresses of the desk: `/desk/` leads to the network of the post acted in."""

from django.urls import path

from waymark.interfaces.desk import deciding, reports, tasks

urlpatterns = [
    path("", tasks.begin, name="desk"),
    path("post/", tasks.choose, name="desk_post"),
    path("<str:network>/", tasks.tasks, name="desk_tasks"),
    path("<str:network>/report/<str:commitment>/<str:period>/<str:voice>/", reports.write, name="desk_write"),
    path("<str:network>/reports/<str:code>/", reports.show, name="desk_report"),
    path("<str:network>/reports/<str:code>/check/", reports.check, name="desk_check"),
    path("<str:network>/reports/<str:code>/submit/", deciding.submitted, name="desk_submit"),
    path("<str:network>/reports/<str:code>/release/", deciding.released, name="desk_release"),
    path("<str:network>/reports/<str:code>/accept/", deciding.accepted, name="desk_accept"),
    path("<str:network>/reports/<str:code>/return/", deciding.returned, name="desk_return"),
]
