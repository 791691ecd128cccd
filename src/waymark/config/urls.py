"""Every address of this installation, door by door."""

from django.urls import include, path

urlpatterns = [
    path("", include("waymark.interfaces.web.urls")),
    path("account/", include("waymark.interfaces.account.urls")),
    path("desk/", include("waymark.interfaces.desk.urls")),
]
handler403 = "waymark.interfaces.web.refusing.forbidden"
handler404 = "waymark.interfaces.web.refusing.not_found"
handler500 = "waymark.interfaces.web.refusing.defect"
