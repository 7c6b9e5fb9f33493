"""`espace-sante worker`: delivery, and what is due."""

from __future__ import annotations

import click

from webapp.config import Settings


@click.command()
@click.option("--once", is_flag=True, help="Deliver what is due now, then exit.")
def worker(once: bool) -> None:
    """Deliver the outbox and run what is due; any number of workers may run.

    Ends cleanly on SIGTERM, or Ctrl-C: what is being sent is finished first.
    """
    from webapp.account.cleaning import forget_sign_ins
    from webapp.account.erasing import erasing_accounts, hold_visits
    from webapp.db.engine import make_engine
    from webapp.db.vault import Vault, use_vault
    from webapp.documents.files import empty_bins, erase_documents, removing_files
    from webapp.family.majority import handing_over
    from webapp.inbox.erasing import erase_messages
    from webapp.inbox.telling import write_down
    from webapp.jobs.tasks import Work, sweep_with
    from webapp.jobs.worker import roads_of, run_worker
    from webapp.journal.dispatch import record_letters
    from webapp.mail.outbox import forget_nowhere
    from webapp.profile.erasing import erase_profiles
    from webapp.spaces.awaited import forget_awaited
    from webapp.spaces.closing import erase_sweep, erase_with
    from webapp.spaces.happening import tell_with
    from webapp.values.clock import utc_now

    settings = Settings.from_environment()
    use_vault(Vault(settings.keys))
    record_letters()
    for forget in (forget_sign_ins, forget_awaited, forget_nowhere):
        sweep_with(forget)
    tell_with(write_down)
    erase_with(erase_messages)
    erase_with(erase_profiles)
    erase_with(erase_documents)
    erase_with(erasing_accounts(settings), first=hold_visits)
    for sweep in (handing_over(settings), erase_sweep, empty_bins, removing_files(settings)):
        sweep_with(sweep)
    work = Work(make_engine(settings.database_url), settings, utc_now)
    try:
        if once:
            done = work.drain()
            work.purge()
            click.echo(f"Letters: {done.sent} sent, {done.failed} put off, {done.abandoned} given up.")
            return
        run_worker(work, lambda: click.echo(f"Worker ready: {roads_of(settings)}."))
        click.echo("Worker stopped.")
    finally:
        work.engine.dispose()
