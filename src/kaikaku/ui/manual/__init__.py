"""The user manual under /help/: each app announces its pages, this package collects and draws them.

An app has a template of prose and one entry; its `AppConfig` hands them over:

    def manual(self) -> Iterable[ManualPage]:
        from kaikaku.bpr.manual import PAGES
        return PAGES

An app that is switched off has no page, and no page of another app links to it (ui/manual/parts.html).
"""

from kaikaku.ui.manual.pages import Help, ManualPage, Part, Reader, Want, help_of, page_of, pages

__all__ = ["Help", "ManualPage", "Part", "Reader", "Want", "help_of", "page_of", "pages"]
